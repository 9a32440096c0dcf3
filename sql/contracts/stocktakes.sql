-- What was counted beside what the books said.
create table stocktakes (
    counted_on date not null,
    location_id varchar not null,
    item_id varchar not null,
    batch_id varchar,
    book_qty double not null,
    counted_qty double not null,
    cause varchar,
    responsible varchar
);

comment on table stocktakes is
'What was counted beside what the books said.
en: Stocktakes
zh: 盘点 — 实盘数与账面数的对比。
ru: Инвентаризации — что пересчитано рядом с тем, что было по учёту.
group: control
key: counted_on, location_id, item_id, batch_id
dated by: counted_on
names: stocktakes; stocktake; cycle counts; physical inventory; stock count; 盘点; 盘点表; 盘点单; 实物盘点; Инвентаризации; Инвентаризация; Пересчёт товаров; Инвентаризационная опись';

comment on column stocktakes.counted_on is
'Day of the count.
en: Counted on
zh: 盘点日期 — 盘点的日期
ru: Дата пересчёта — день пересчёта
unit: day
month: last day
headings: count date; stocktake date; date; inventory date; document date; 盘存日期; 单据日期; 日期; Дата инвентаризации; Дата документа; Дата';

comment on column stocktakes.location_id is
'Code of the warehouse or place.
en: Location
zh: 仓库编码 — 仓库或存放地点的编码
ru: Код склада — код склада или места хранения
unit: code
references: locations.location_id
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада';

comment on column stocktakes.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column stocktakes.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column stocktakes.book_qty is
'Quantity by the books.
en: Book quantity
zh: 账面数量 — 账面上的数量
ru: Учётное количество — количество по учёту
unit: qty
headings: book; book stock; system quantity; book quantity; quantity per books; 账面数; 账存数量; 系统数量; 结存数量; По учёту; Количество по учёту; Учётный остаток; Количество по данным учёта';

comment on column stocktakes.counted_qty is
'Quantity found.
en: Counted quantity
zh: 实盘数量 — 实际盘点的数量
ru: Фактическое количество — количество по факту
unit: qty
headings: counted; actual quantity; physical quantity; count quantity; found; 实盘数; 盘点数量; 实存数量; 实际数量; По факту; Количество по факту; Фактически; Количество факт; Фактический остаток';

comment on column stocktakes.cause is
'Why there is a difference.
en: Cause
zh: 差异原因 — 产生差异的原因
ru: Причина расхождения — почему есть расхождение
unit: text
headings: reason; cause of difference; reason for difference; difference reason; 原因; 盈亏原因; 盘盈盘亏原因; Причина; Причина отклонения; Объяснение';

comment on column stocktakes.responsible is
'Who answers for it.
en: Responsible
zh: 责任人 — 对此负责的人
ru: Ответственный — кто отвечает
unit: text
headings: responsible person; owner; person in charge; 负责人; 经办人; 责任人员; Ответственное лицо; Ответственный сотрудник; Исполнитель';
