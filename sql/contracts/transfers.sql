-- What was moved between our locations.
create table transfers (
    moved_on date not null,
    item_id varchar not null,
    qty double not null,
    from_location_id varchar not null,
    to_location_id varchar not null,
    batch_id varchar
);

comment on table transfers is
'What was moved between our locations.
en: Transfers
zh: 调拨 — 仓库之间的调拨。
ru: Перемещения — что перемещено между складами.
group: supply
same: moved_on, item_id, from_location_id, to_location_id, batch_id
dated by: moved_on
reported: steadily
names: transfers; stock transfers; transfer orders; movements; 调拨; 调拨单; 库存调拨; 调拨明细; Перемещения; Перемещение товаров; Внутренние перемещения';

comment on column transfers.moved_on is
'Day of the move.
en: Moved on
zh: 调拨日期 — 调拨的日期
ru: Дата перемещения — день перемещения
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: transfer date; date; document date; moved; 转移日期; 单据日期; 日期; 业务日期; Дата документа; Дата; Период';

comment on column transfers.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column transfers.qty is
'Quantity moved.
en: Quantity
zh: 数量 — 调拨数量
ru: Количество — перемещённое количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; transferred quantity; 调拨数量; Перемещено';

comment on column transfers.from_location_id is
'Where it was taken from.
en: From location
zh: 调出仓库编码 — 调出的仓库
ru: Склад-отправитель — откуда перемещено
unit: code
references: locations.location_id
headings: from; from warehouse; source location; from location code; issuing warehouse; 调出仓库; 转出仓库; 转出仓库编码; 发货仓库; Код склада-отправителя; Откуда; Отправитель; Со склада';

comment on column transfers.to_location_id is
'Where it was brought to.
en: To location
zh: 调入仓库编码 — 调入的仓库
ru: Склад-получатель — куда перемещено
unit: code
references: locations.location_id
headings: to; to warehouse; target location; to location code; receiving warehouse; 调入仓库; 转入仓库; 转入仓库编码; 收货仓库; Код склада-получателя; Куда; Получатель; На склад';

comment on column transfers.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';
