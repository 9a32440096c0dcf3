-- What dealers ask for in the coming months.
create table requests (
    made_on date not null,
    month date not null,
    dealer_id varchar not null,
    sku varchar not null,
    qty double not null,
    ship_on date
);

comment on table requests is
'What dealers ask for in the coming months.
en: Dealers'' requests
zh: 要货计划 — 经销商对未来月份的要货。
ru: Заявки дилеров — что дилеры просят на ближайшие месяцы.
group: demand
key: made_on, month, dealer_id, sku
dated by: made_on
names: requests; dealer requests; dealer plans; demand requests; 要货计划; 要货申请; 要货单; 经销商计划; 提报计划; Заявки дилеров; Заявки; Потребности дилеров; Заявка';

comment on column requests.made_on is
'Day on which the request was made.
en: Made on
zh: 提报日期 — 要货的提报日期
ru: Дата заявки — день подачи заявки
unit: day
month: last day
headings: request date; made; submitted on; created on; date; 申请日期; 制定日期; 单据日期; 上报日期; 日期; Дата подачи; Дата создания; Дата документа; Дата';

comment on column requests.month is
'Month for which the goods are asked.
en: Month
zh: 月份 — 要货月份
ru: Месяц — месяц, на который просят товар
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год; request month; 要货月份; 需求月份; Месяц потребности; Месяц заявки';

comment on column requests.dealer_id is
'Dealer who asks.
en: Dealer
zh: 经销商编码 — 提出要货的经销商
ru: Код дилера — дилер, который просит
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column requests.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column requests.qty is
'Quantity asked for.
en: Quantity
zh: 数量 — 要货数量
ru: Количество — запрошенное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; requested quantity; request quantity; 要货数量; 需求数量; 申请数量; Заявлено; Потребность; Количество по заявке';

comment on column requests.ship_on is
'Day on which the goods should leave.
en: Ship on
zh: 期望发货日期 — 期望的发货日期
ru: Желаемая дата отгрузки — день, когда просят отгрузить
unit: day
headings: ship date; wanted ship date; requested ship date; 发货日期; 要货日期; 期望到货日期; Дата отгрузки; Отгрузить; Срок отгрузки';
