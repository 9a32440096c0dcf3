-- What was made, one row a finished quantity.
create table production (
    produced_on date not null,
    sku varchar not null,
    qty double not null,
    location_id varchar,
    batch_id varchar,
    order_id varchar,
    resource_id varchar
);

comment on table production is
'What was made, one row a finished quantity.
en: Production
zh: 生产入库 — 已完工的产量，每行为一次完工入库。
ru: Выпуск продукции — что произведено, один выпуск на строку.
group: supply
same: produced_on, sku, batch_id, order_id, location_id, resource_id
dated by: produced_on
reported: steadily
names: production; production output; output; finished goods receipts; 生产入库; 产成品入库; 完工入库; 产量; 生产日报; Выпуск продукции; Производство; Выпуск; Выработка';

comment on column production.produced_on is
'Day on which it was finished.
en: Produced on
zh: 生产日期 — 完工的日期
ru: Дата выпуска — день выпуска
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: production date; output date; finished on; date; document date; 完工日期; 入库日期; 单据日期; 日期; Дата производства; Дата изготовления; Дата документа; Период; Дата';

comment on column production.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column production.qty is
'Quantity made.
en: Quantity
zh: 数量 — 产量
ru: Количество — выпущенное количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; produced quantity; output; 产量; 完工数量; 入库数量; 实际产量; Выпущено; Произведено; Количество выпуска';

comment on column production.location_id is
'Warehouse to which it went.
en: Location
zh: 仓库编码 — 入库的仓库
ru: Код склада — склад, куда сдано
unit: code
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада; 入库仓库; 收货仓库; Склад поступления';

comment on column production.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column production.order_id is
'Order for which it was made.
en: Order
zh: 订单号 — 对应的订单
ru: Номер заказа — заказ, под который произведено
unit: code
headings: order no; order number; order code; order; sales order; sales order no; 订单编号; 订单号码; 销售订单号; 订单单号; 销售订单; Заказ; Код заказа; Заказ клиента; Номер заказа клиента; Заказ покупателя; production order; work order; 生产订单号; 工单号; Производственный заказ; Заказ на производство';

comment on column production.resource_id is
'Resource on which it was made.
en: Resource
zh: 资源编码 — 生产所用的资源
ru: Код ресурса — ресурс, на котором произведено
unit: code
headings: resource; resource code; work centre; work center; line; machine; 资源; 工作中心; 生产线; 设备编码; 机台; Ресурс; Рабочий центр; Оборудование; Вид рабочего центра; Линия розлива';
