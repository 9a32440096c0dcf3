-- What the dealers sold on (sell-through), one row a sale or a day's sum.
create table dealer_sales (
    sold_on date not null,
    dealer_id varchar not null,
    sku varchar not null,
    qty double not null,
    net_value double,
    outlet_id varchar
);

comment on table dealer_sales is
'What the dealers sold on (sell-through), one row a sale or a day''s sum.
en: Dealer sales (sell-through)
zh: 经销商销售 — 经销商向下游的销售，每行为一笔销售或一日合计。
ru: Продажи дилеров — что дилеры продали дальше, одна продажа или сумма за день на строку.
group: demand
same: sold_on, dealer_id, sku, outlet_id
dated by: sold_on
reported: steadily
names: dealer_sales; dealer sales; sell-through; sell-out; sell through; secondary sales; 经销商销售; 流向; 流向数据; 终端销售; 分销流向; 经销商出货; 二次销售; Продажи дилеров; Вторичные продажи; Сквозные продажи; Продажи в розницу';

comment on column dealer_sales.sold_on is
'Day on which the dealer sold the goods.
en: Sold on
zh: 销售日期 — 经销商售出货物的日期
ru: Дата продажи — день, когда дилер продал товар
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: sales date; sale date; date; document date; 出货日期; 单据日期; 业务日期; 日期; 流向日期; Дата реализации; Дата документа; Период; Дата';

comment on column dealer_sales.dealer_id is
'Code of the dealer who sold.
en: Dealer
zh: 经销商编码 — 售出货物的经销商编码
ru: Код дилера — код дилера-продавца
unit: code
references: dealers.dealer_id
headings: dealer code; dealer no; dealer id; customer code; customer no; customer number; customer id; customer; reseller; distributor; distributor code; 经销商代码; 经销商编号; 客户编码; 客户代码; 客户编号; 客户号; 往来单位编码; 购货单位编码; 购货单位; 代理商编码; 经销商; 客户; Дилер; Код контрагента; Код клиента; Код покупателя; Код дистрибьютора; Контрагент; Покупатель; Клиент; Дистрибьютор';

comment on column dealer_sales.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column dealer_sales.qty is
'Quantity sold on; returns are negative.
en: Quantity
zh: 数量 — 销售数量；退货为负数
ru: Количество — проданное количество; возвраты с минусом
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; sold quantity; sales quantity; sold; 销售数量; 出货数量; 销量; Продано; Проданное количество; Количество продано';

comment on column dealer_sales.net_value is
'Dealer''s sales value, net of VAT.
en: Net sales
zh: 无税金额 — 经销商的销售金额，不含税
ru: Сумма без НДС — сумма продаж дилера без НДС
unit: money
headings: net value; net amount; sales amount; value; amount; 不含税金额; 未税金额; 销售金额; 销售额; 金额; Выручка без НДС; Сумма продажи; Выручка; Сумма';

comment on column dealer_sales.outlet_id is
'Outlet to which the dealer sold.
en: Outlet
zh: 网点编码 — 经销商售往的终端网点
ru: Код торговой точки — точка, которой продал дилер
unit: code
headings: outlet code; outlet no; point of sale; pos; shop; retailer; 终端编码; 网点; 门店编码; 终端客户编码; 售点编码; Торговая точка; Точка продаж; Магазин; Код точки';
