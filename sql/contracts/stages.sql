-- When each stage of an order or batch began and ended.
create table stages (
    order_id varchar,
    batch_id varchar,
    line_no varchar,
    stage varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    responsible varchar not null,
    company varchar
);

comment on table stages is
'When each stage of an order or batch began and ended.
en: Stages
zh: 流程阶段 — 订单或批次各阶段的起止时间。
ru: Этапы — когда начался и закончился каждый этап заказа или партии.
group: supply
key: order_id, batch_id, line_no, stage
dated by: started_at
names: stages; order stages; stage log; progress; 流程阶段; 进度; 阶段记录; 生产进度; 订单进度; Этапы; Ход выполнения; Этапы заказов; Журнал этапов';

comment on column stages.order_id is
'Number of the order.
en: Order
zh: 订单号 — 订单的号码
ru: Номер заказа — номер заказа
unit: code
one of: what
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя';

comment on column stages.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
one of: what
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column stages.line_no is
'Number of the line within the document.
en: Line number
zh: 行号 — 单据中的明细行号
ru: Номер строки — номер строки в документе
unit: code
headings: line number; line; row no; document line; order line; item line; 行次; 明细行号; 单据行号; 分录号; 分录行号; 订单行号; № строки; Строка; Строка документа; Строка заказа';

comment on column stages.stage is
'Name of the stage.
en: Stage
zh: 阶段 — 阶段的名称
ru: Этап — название этапа
unit: text
headings: step; operation; stage name; phase; 工序; 阶段名称; 环节; 步骤; Стадия; Операция; Наименование этапа; Шаг';

comment on column stages.started_at is
'When the stage began.
en: Started at
zh: 开始时间 — 阶段开始的时间
ru: Начало — когда начался этап
unit: moment
headings: start time; start; began at; started; from; 开工时间; 起始时间; 实际开始时间; Время начала; Дата начала; Начат; Дата и время начала';

comment on column stages.finished_at is
'When the stage ended; empty = still going on.
en: Finished at
zh: 结束时间 — 阶段结束的时间；空表示仍在进行
ru: Окончание — когда закончился этап; пусто — ещё идёт
unit: moment
headings: end time; end; finished; completed at; to; 完成时间; 完工时间; 实际结束时间; Время окончания; Дата окончания; Завершён; Дата и время окончания';

comment on column stages.responsible is
'Who answers for it.
en: Responsible
zh: 责任人 — 对此负责的人
ru: Ответственный — кто отвечает
unit: text
headings: responsible person; owner; person in charge; 负责人; 经办人; 责任人员; Ответственное лицо; Ответственный сотрудник';

comment on column stages.company is
'Company that does the stage.
en: Company
zh: 承担单位 — 承担该阶段的单位
ru: Исполнитель — организация, которая выполняет этап
unit: text
headings: contractor; firm; carrier; performed by; 公司; 承办单位; 外协单位; 执行单位; Организация; Компания; Подрядчик; Фирма';
