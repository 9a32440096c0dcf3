-- What came in from suppliers, one row a receipt line; returns are negative.
create table purchases (
    received_on date not null,
    item_id varchar not null,
    qty double not null,
    value double not null,
    location_id varchar,
    supplier varchar,
    lot_id varchar
);

comment on table purchases is
'What came in from suppliers, one row a receipt line; returns are negative.
en: Purchases
zh: 采购入库 — 供应商的到货，每行为一条入库明细；退货为负数。
ru: Поступления — что поступило от поставщиков, одна строка прихода на строку; возвраты с минусом.
group: supply
same: received_on, item_id, lot_id, location_id, supplier
dated by: received_on
reported: steadily
names: purchases; purchase receipts; goods receipts; receipts; 采购入库; 采购入库单; 采购明细; 到货单; 进货明细; Поступления; Закупки; Поступление товаров; Приход; Приходные накладные';

comment on column purchases.received_on is
'Day on which the goods came in.
en: Received on
zh: 入库日期 — 货物入库的日期
ru: Дата поступления — день поступления товара
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: receipt date; received date; goods receipt date; posting date; date; document date; 收货日期; 到货日期; 单据日期; 进货日期; 日期; Дата прихода; Дата документа; Дата приёмки; Период; Дата';

comment on column purchases.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column purchases.qty is
'Quantity received; returns are negative.
en: Quantity
zh: 数量 — 入库数量；退货为负数
ru: Количество — поступившее количество; возвраты с минусом
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; received quantity; 入库数量; 实收数量; 到货数量; 采购数量; Поступило; Количество поступило; Принято';

comment on column purchases.value is
'What the supplier charged, net of VAT.
en: Value
zh: 无税金额 — 供应商结算的不含税金额
ru: Сумма без НДС — стоимость поставки без НДС
unit: money
headings: amount; net value; net amount; purchase value; cost; 不含税金额; 未税金额; 本币无税金额; 采购金额; 金额; 入库金额; Стоимость; Стоимость без НДС; Сумма закупки; Сумма';

comment on column purchases.location_id is
'Warehouse at which the goods came in.
en: Location
zh: 仓库编码 — 入库的仓库
ru: Код склада — склад поступления
unit: code
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада; 收货仓库; 入库仓库; Склад поступления; Склад-получатель';

comment on column purchases.supplier is
'Who supplies it.
en: Supplier
zh: 供应商 — 供货单位
ru: Поставщик — кто поставляет
unit: text
headings: vendor; supplier name; vendor name; supplier code; 供应商名称; 供应商编码; 供货单位; 供货商; Поставщик материала; Наименование поставщика; Код поставщика';

comment on column purchases.lot_id is
'Number of the lot as the supplier delivered it.
en: Supplier''s lot
zh: 来料批号 — 供应商交货时的批号
ru: Партия поставщика — номер партии поставщика
unit: code
headings: supplier lot; supplier lot no; supplier batch; vendor lot; vendor batch; incoming lot; 供应商批号; 供应商批次; 进货批号; 原料批号; 材料批号; Номер партии поставщика; Серия поставщика; Партия сырья; Партия материала; batch; batch no; lot; lot no; 批号; 批次号; 批次; Партия; Серия; Номер партии';
