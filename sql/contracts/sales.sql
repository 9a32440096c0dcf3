-- What we shipped to dealers (sell-in), one row an invoice line; returns are negative.
create table sales (
    shipped_on date not null,
    dealer_id varchar not null,
    sku varchar not null,
    qty double not null,
    net_value double not null,
    cost_value double,
    list_value double,
    invoice_id varchar,
    line_no varchar,
    order_id varchar,
    location_id varchar,
    batch_id varchar,
    sphere varchar,
    promotion_id varchar
);

comment on table sales is
'What we shipped to dealers (sell-in), one row an invoice line; returns are negative.
en: Sales (sell-in)
zh: 销售出库 — 我方发给经销商的货物，每行为一张单据的一条明细；退货为负数。
ru: Продажи дилерам — отгрузки дилерам, одна строка накладной на строку; возвраты с минусом.
group: required
key: invoice_id, line_no
same: shipped_on, dealer_id, sku, order_id, batch_id, location_id
dated by: shipped_on
reported: steadily
names: sales; 销售; 发货; sell-in; shipments; sales invoices; 销售出库; 销售明细; 销售发货; 出库明细; 销售流水; 销售出库单; Продажи; Реализация; Отгрузки; Продажи дилерам; Реализация товаров';

comment on column sales.shipped_on is
'Day on which the goods left us.
en: Shipped on
zh: 发货日期 — 货物发出的日期
ru: Дата отгрузки — день, когда товар отгружен
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: ship date; shipping date; shipment date; invoice date; posting date; sales date; document date; date; 出库日期; 单据日期; 销售日期; 开票日期; 业务日期; 日期; Дата реализации; Дата накладной; Дата продажи; Дата документа; Период; Дата; billing date; 开单日期';

comment on column sales.dealer_id is
'Code of the dealer who received the goods.
en: Dealer
zh: 经销商编码 — 收货经销商的编码
ru: Код дилера — код дилера-получателя
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 购货单位代码; 购货单位编号; sold-to; sold-to party; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column sales.sku is
'Code of the product shipped.
en: SKU
zh: 产品编码 — 所发产品的编码
ru: Артикул — код отгруженного товара
unit: code
references: products.sku
headings: item code; item no; material; material number; 物料; 物料号; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column sales.qty is
'Quantity shipped; returns are negative.
en: Quantity
zh: 数量 — 发货数量；退货为负数
ru: Количество — отгруженное количество; возвраты с минусом
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; shipped quantity; sales quantity; quantity shipped; 销售数量; 出库数量; 实发数量; 发货数量; 实出数量; Отгружено; Количество отгружено; Продано; billed quantity; billing quantity; 开票数量';

comment on column sales.net_value is
'What the dealer is charged, after discounts and net of VAT; returns are negative.
en: Net sales
zh: 无税金额 — 折后不含税的销售金额；退货为负数
ru: Сумма без НДС — сумма продажи после скидок без НДС; возвраты с минусом
unit: money
headings: net value; net amount; net sales value; sales amount; revenue; amount excl vat; amount without vat; line total; amount; 不含税金额; 本币无税金额; 未税金额; 不含税销售额; 销售金额; 销售收入; 销售额; 金额; Выручка без НДС; Стоимость без НДС; Сумма продажи без НДС; Выручка; Сумма продажи; Сумма';

comment on column sales.cost_value is
'Cost of the goods shipped, net of VAT.
en: Cost of sales
zh: 销售成本 — 所发货物的成本，不含税
ru: Себестоимость продаж — себестоимость отгруженного товара без НДС
unit: money
headings: cost value; cost amount; cogs; cost of goods sold; cost; 成本金额; 结转成本; 主营业务成本; 成本; Себестоимость; Сумма себестоимости; Стоимость по себестоимости; Себестоимость реализации';

comment on column sales.list_value is
'Quantity at list price, before any discount, net of VAT.
en: Value at list price
zh: 目录价金额 — 按目录价计算的折扣前金额，不含税
ru: Сумма по прайсу — сумма по прайс-листу до скидок без НДС
unit: money
headings: list value; gross value; list amount; value before discount; 折前金额; 标价金额; 原价金额; 报价金额; Сумма без скидки; Стоимость по прайсу; Сумма до скидки; Сумма по прайс-листу';

comment on column sales.invoice_id is
'Number of the invoice or delivery note; with the line number it names the row.
en: Invoice
zh: 发票号 — 销售单据或发票的号码，与行号一起确定一行
ru: Номер накладной — номер накладной; вместе с номером строки определяет запись
unit: code
headings: invoice no; invoice number; invoice; 发票号码; 发票编号; 销售发票号; 发票; Номер счёта; Счёт; Номер счёта-фактуры; Счёт-фактура; Накладная; document no; document number; delivery note; delivery no; voucher no; 单据编号; 单据号; 出库单号; 销售单号; 发货单号; 单号; Номер документа; Документ; Номер реализации; Документ реализации; Регистратор; Номер; billing document; billing doc';

comment on column sales.line_no is
'Number of the line within the document.
en: Line number
zh: 行号 — 单据中的明细行号
ru: Номер строки — номер строки в документе
unit: code
headings: line number; line; row no; document line; order line; item line; 行次; 明细行号; 单据行号; 分录号; 分录行号; 订单行号; № строки; Строка; Строка документа; Строка заказа; invoice line; 发票行号; Строка накладной';

comment on column sales.order_id is
'Order that the shipment belongs to.
en: Order
zh: 订单号 — 该次发货所属的订单
ru: Номер заказа — заказ, по которому отгружено
unit: code
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя';

comment on column sales.location_id is
'Warehouse from which the goods were shipped.
en: Location
zh: 仓库编码 — 发货仓库的编码
ru: Код склада — склад, с которого отгружено
unit: code
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада; shipped from; 发货仓库; 发货仓库编码; Склад отгрузки; Склад-отправитель';

comment on column sales.batch_id is
'Batch that was shipped.
en: Batch
zh: 批号 — 所发货物的批号
ru: Номер партии — отгруженная партия
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column sales.sphere is
'Sphere in which the product was sold, where a product stands in several.
en: Sphere
zh: 业务板块 — 该笔销售所属的业务板块（产品属于多个板块时）
ru: Сфера — сфера, в которой продан товар, если он стоит в нескольких
unit: text
headings: business sphere; category; product category; business; 板块; 业务领域; 产品大类; 大类; 品类; Сфера бизнеса; Бизнес-сфера; Товарная категория; Категория';

comment on column sales.promotion_id is
'Promotion under which it was sold.
en: Promotion
zh: 促销活动编码 — 该笔销售适用的促销活动
ru: Код акции — акция, по которой продано
unit: code
headings: promotion; promotion code; promo; promo code; campaign; 促销编码; 促销活动; 活动编码; 促销编号; Акция; Промоакция; Код промоакции; Маркетинговая акция';
