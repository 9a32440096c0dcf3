-- Large deals under negotiation, by line and month of delivery.
create table deals (
    deal_id varchar not null,
    line_id varchar not null,
    month date not null,
    customer varchar not null,
    dealer_id varchar,
    qty double not null,
    probability double check (probability between 0 and 1),
    stage varchar,
    as_of date,
    expected_sign_on date
);

comment on table deals is
'Large deals under negotiation, by line and month of delivery.
en: Deals
zh: 洽谈项目 — 洽谈中的大单，按产品线和交货月份分行。
ru: Сделки — крупные сделки в переговорах, по линиям и месяцам поставки.
group: demand
key: deal_id, line_id, month
dated by: month
names: deals; opportunities; pipeline; sales pipeline; 洽谈项目; 商机; 大单; 项目商机; 在谈项目; Сделки; Воронка продаж; Возможности; Переговоры';

comment on column deals.deal_id is
'Code of the deal.
en: Deal
zh: 项目编号 — 洽谈项目的编号
ru: Код сделки — код сделки
unit: code
headings: deal code; deal no; opportunity; opportunity id; 商机编号; 商机编码; 项目编码; 大单编号; Сделка; Номер сделки; Код возможности';

comment on column deals.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column deals.month is
'Month in which the goods would be delivered.
en: Month
zh: 月份 — 预计交货的月份
ru: Месяц — месяц предполагаемой поставки
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год; delivery month; 交货月份; 预计交货月份; Месяц поставки';

comment on column deals.customer is
'With whom the deal is negotiated.
en: Customer
zh: 客户名称 — 洽谈对象
ru: Заказчик — с кем ведутся переговоры
unit: text
headings: customer name; client; client name; buyer; prospect; 洽谈客户; 意向客户; 最终客户; 客户单位; Наименование заказчика; Имя клиента; Наименование клиента; Потенциальный клиент';

comment on column deals.dealer_id is
'Dealer through whom it would go.
en: Dealer
zh: 经销商编码 — 经由的经销商
ru: Код дилера — дилер, через которого пойдёт сделка
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Дистрибьютор';

comment on column deals.qty is
'Quantity in the deal.
en: Quantity
zh: 数量 — 项目数量
ru: Количество — количество в сделке
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; deal quantity; 预计数量; 意向数量; Объём сделки';

comment on column deals.probability is
'How likely the deal is to be signed, 0 to 1.
en: Probability
zh: 成交概率 — 签约的可能性，0 至 1
ru: Вероятность — вероятность подписания, от 0 до 1
unit: share
headings: chance; win probability; likelihood; 概率; 赢率; 可能性; 成功率; Вероятность подписания; Вероятность сделки; Шанс';

comment on column deals.stage is
'How far the negotiation has come.
en: Stage
zh: 洽谈阶段 — 洽谈所处的阶段
ru: Этап — как далеко зашли переговоры
unit: text
headings: deal stage; sales stage; pipeline stage; 阶段; 项目阶段; 商机阶段; 销售阶段; Стадия; Этап сделки; Стадия переговоров';

comment on column deals.as_of is
'Day on which this was the state of the negotiation.
en: As of
zh: 截止日期 — 该状态所对应的日期
ru: По состоянию на — день, на который верны сведения
unit: day
headings: as of date; status date; updated on; report date; 状态日期; 更新日期; 统计日期; 日期; Дата состояния; Обновлено; На дату; Дата отчёта';

comment on column deals.expected_sign_on is
'Day on which signing is expected.
en: Expected signing
zh: 预计签约日期 — 预计签订合同的日期
ru: Ожидаемая дата подписания — когда ждут подписания
unit: day
headings: expected sign date; expected close; close date; signing date; 预计成交日期; 预计签订日期; 签约日期; Плановая дата подписания; Дата подписания; Ожидаемое закрытие';
