-- What sales asked production to make.
create table production_requests (
    requested_on date not null,
    asked_by varchar not null,
    sku varchar not null,
    qty double not null,
    for_order_id varchar,
    for_dealer_id varchar
);

comment on table production_requests is
'What sales asked production to make.
en: Production requests
zh: 生产申请 — 销售向生产提出的生产需求。
ru: Заявки на производство — что отдел продаж просил произвести.
group: supply
same: requested_on, asked_by, sku, for_order_id, for_dealer_id
dated by: requested_on
names: production_requests; production requests; requests to production; manufacturing requests; 生产申请; 生产需求; 请产单; 排产申请; Заявки на производство; Заявки в производство; Потребность в производстве';

comment on column production_requests.requested_on is
'Day of the request.
en: Requested on
zh: 申请日期 — 提出申请的日期
ru: Дата заявки — день заявки
unit: day
month: last day
headings: request date; date; document date; asked on; 提报日期; 单据日期; 需求提出日期; 日期; Дата подачи; Дата документа; Дата';

comment on column production_requests.asked_by is
'Area or person who asked.
en: Asked by
zh: 申请人 — 提出申请的片区或人员
ru: Кто просил — район или человек, который просил
unit: text
headings: requested by; area; sales area; requester; applicant; 申请部门; 提出人; 片区; 申请单位; Инициатор; Заявитель; Район; Кем запрошено';

comment on column production_requests.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column production_requests.qty is
'Quantity asked for.
en: Quantity
zh: 数量 — 申请数量
ru: Количество — запрошенное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; requested quantity; 申请数量; 需求数量; 申报数量; Запрошено; Потребность; Количество по заявке';

comment on column production_requests.for_order_id is
'Order for which it is needed.
en: For order
zh: 对应订单号 — 对应的订单
ru: Под заказ — заказ, для которого нужно
unit: code
headings: order; order no; order id; sales order; for order; 订单号; 订单编号; 销售订单号; Заказ; Номер заказа; Заказ клиента; По заказу';

comment on column production_requests.for_dealer_id is
'Dealer for whom it is needed.
en: For dealer
zh: 对应经销商编码 — 对应的经销商
ru: Для дилера — дилер, для которого нужно
unit: code
references: dealers.dealer_id
headings: dealer; dealer code; customer; customer code; for customer; 经销商编码; 客户编码; 经销商; 客户; Дилер; Код дилера; Клиент; Контрагент; Код контрагента';
