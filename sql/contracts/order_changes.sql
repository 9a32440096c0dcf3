-- Changes that were made to orders after they had been placed.
create table order_changes (
    order_id varchar not null,
    line_no varchar not null,
    changed_on date not null,
    kind varchar not null check (kind in ('qty', 'date', 'cancel')),
    qty_before double,
    qty_after double,
    date_before date,
    date_after date,
    asked_by varchar not null check (asked_by in ('dealer', 'sales', 'production')),
    reason varchar check (reason in ('promotion', 'competition', 'funds', 'other'))
);

comment on table order_changes is
'Changes that were made to orders after they had been placed.
en: Order changes
zh: 订单变更 — 下单后对订单所作的变更。
ru: Изменения заказов — изменения, внесённые в заказы после их размещения.
group: demand
key: order_id, line_no, changed_on
dated by: changed_on
names: order_changes; order changes; change orders; order amendments; 订单变更; 变更单; 订单变更记录; 改单记录; Изменения заказов; Корректировки заказов; Изменение заказа';

comment on column order_changes.order_id is
'Number of the order.
en: Order
zh: 订单号 — 订单的号码
ru: Номер заказа — номер заказа
unit: code
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя';

comment on column order_changes.line_no is
'Number of the line within the document.
en: Line number
zh: 行号 — 单据中的明细行号
ru: Номер строки — номер строки в документе
unit: code
headings: line number; line; row no; document line; order line; item line; 行次; 明细行号; 单据行号; 分录号; 分录行号; 订单行号; № строки; Строка; Строка документа; Строка заказа';

comment on column order_changes.changed_on is
'Day of the change.
en: Changed on
zh: 变更日期 — 变更的日期
ru: Дата изменения — день изменения
unit: day
month: last day
headings: change date; date; amended on; date of change; 修改日期; 改单日期; 单据日期; 日期; Изменено; Дата корректировки; Дата';

comment on column order_changes.kind is
'What was changed.
en: Kind
zh: 变更类型 — 变更的内容：数量、日期或取消
ru: Вид изменения — что изменено: количество, дата или отмена
unit: text
values: qty = quantity, 数量, 数量变更, 改数量, количество, объём; date = delivery date, day, 日期, 交期, 交期变更, дата, срок, перенос; cancel = cancelled, cancellation, canceled, 取消, 撤单, 作废, отмена, отменён, аннулирование
headings: type; change type; what changed; kind of change; 类型; 变更内容; 变更种类; Тип; Вид; Тип изменения; Что изменено';

comment on column order_changes.qty_before is
'Quantity before the change.
en: Quantity before
zh: 变更前数量 — 变更前的数量
ru: Количество до — количество до изменения
unit: qty
headings: old quantity; previous quantity; qty before; original quantity; 原数量; 原订单数量; 变更前; Было количество; Прежнее количество; Количество было';

comment on column order_changes.qty_after is
'Quantity after the change.
en: Quantity after
zh: 变更后数量 — 变更后的数量
ru: Количество после — количество после изменения
unit: qty
headings: new quantity; changed quantity; qty after; 新数量; 现数量; 变更后; Стало количество; Новое количество; Количество стало';

comment on column order_changes.date_before is
'Day of delivery before the change.
en: Date before
zh: 变更前交期 — 变更前的交货日期
ru: Дата до — срок до изменения
unit: day
headings: old date; previous date; original date; date before; 原交期; 原交货日期; 变更前日期; Прежняя дата; Прежний срок; Дата была';

comment on column order_changes.date_after is
'Day of delivery after the change.
en: Date after
zh: 变更后交期 — 变更后的交货日期
ru: Дата после — срок после изменения
unit: day
headings: new date; new delivery date; date after; 新交期; 新交货日期; 变更后日期; Новая дата; Новый срок; Дата стала';

comment on column order_changes.asked_by is
'Who asked for the change.
en: Asked by
zh: 提出方 — 由谁提出变更
ru: Кто просил — кто попросил изменить
unit: text
values: dealer = customer, client, 经销商, 客户, дилер, клиент, покупатель; sales = sales department, sales force, 销售, 销售部, 业务, продажи, отдел продаж, сбыт; production = plant, factory, 生产, 生产部, 工厂, производство, завод, цех
headings: requested by; initiator; originator; who asked; 申请方; 发起方; 提出人; 变更发起方; Инициатор; По чьей просьбе; Кем запрошено';

comment on column order_changes.reason is
'Why the change was asked for.
en: Reason
zh: 变更原因 — 提出变更的原因
ru: Причина — почему попросили изменить
unit: text
values: promotion = promo, campaign, 促销, 活动, акция, промо, промоакция; competition = competitor, competitors, 竞争, 竞品, конкуренция, конкурент, конкуренты; funds = money, cash, finance, 资金, 缺资金, деньги, средства, нехватка средств, финансы; other = others, 其他, 其它, прочее, другое, иное
headings: cause; change reason; why; reason for change; 原因; 改单原因; 理由; Причина изменения; Основание; Почему';
