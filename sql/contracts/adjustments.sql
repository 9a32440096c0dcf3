-- What changed the stock otherwise: scrap, rework, samples, count differences, returns to suppliers.
create table adjustments (
    adjusted_on date not null,
    location_id varchar not null,
    item_id varchar not null,
    qty double not null,
    kind varchar not null check (kind in ('scrap', 'rework', 'sample', 'count', 'return_to_supplier', 'other')),
    batch_id varchar,
    value double
);

comment on table adjustments is
'What changed the stock otherwise: scrap, rework, samples, count differences, returns to suppliers.
en: Adjustments
zh: 库存调整 — 其他库存变动：报废、返工、样品、盘点差异、退供应商。
ru: Корректировки запаса — прочие изменения запаса: списание, переделка, образцы, пересчёт, возврат поставщику.
group: supply
same: adjusted_on, location_id, item_id, kind, batch_id
dated by: adjusted_on
reported: steadily
names: adjustments; stock adjustments; inventory adjustments; write-offs; 库存调整; 其他出入库; 其他出库; 其他入库; 报废单; Корректировки запаса; Списания; Корректировки; Списание товаров; Оприходование';

comment on column adjustments.adjusted_on is
'Day of the change.
en: Adjusted on
zh: 调整日期 — 库存变动的日期
ru: Дата корректировки — день изменения запаса
unit: day
month: last day; month; 月份; 年月; 会计期间; 期间; Месяц; Отчётный месяц; Период, месяц; Период
headings: adjustment date; date; document date; posting date; 单据日期; 日期; 业务日期; 变动日期; Дата списания; Дата документа; Дата; Период';

comment on column adjustments.location_id is
'Code of the warehouse or place.
en: Location
zh: 仓库编码 — 仓库或存放地点的编码
ru: Код склада — код склада или места хранения
unit: code
references: locations.location_id
headings: location code; location no; warehouse; warehouse code; warehouse no; site; depot; store; 仓库代码; 仓库编号; 库房编码; 仓库; 库房; 存放地点; 库位编码; Склад; Код места хранения; Место хранения; Складская территория; Номер склада';

comment on column adjustments.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column adjustments.qty is
'Quantity, with its sign: minus leaves the stock, plus enters it.
en: Quantity
zh: 数量 — 数量，出库为负、入库为正
ru: Количество — количество со знаком: минус — выбыло, плюс — поступило
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; adjustment quantity; 调整数量; 变动数量; Отклонение';

comment on column adjustments.kind is
'Why the stock changed.
en: Kind
zh: 调整类型 — 库存变动的原因
ru: Вид корректировки — почему изменился запас
unit: text
values: scrap = scrapped, write-off, disposal, 报废, 废品, 销毁, списание, брак, утилизация; rework = reworked, repair, 返工, 返修, переделка, доработка, переработка; sample = samples, tasting, 样品, 品鉴, 领样, образцы, образец, дегустация; count = stocktake, count difference, 盘点, 盘盈, 盘亏, 盘点差异, пересчёт, инвентаризация, излишки, недостача; return_to_supplier = supplier return, purchase return, 退供应商, 采购退货, 退货, возврат поставщику, возврат; other = others, 其他, 其它, прочее, другое
headings: type; adjustment type; reason; movement type; 类型; 变动类型; 业务类型; 收发类别; 出入库类别; Тип; Вид; Вид операции; Причина; Хозяйственная операция';

comment on column adjustments.batch_id is
'Batch number.
en: Batch
zh: 批号 — 生产批号
ru: Номер партии — номер партии или серии
unit: code
headings: batch no; batch number; batch code; production batch; lot; lot no; lot number; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column adjustments.value is
'Value of the quantity at cost, with the same sign.
en: Value
zh: 金额 — 按成本计的金额，符号同数量
ru: Стоимость — стоимость по себестоимости с тем же знаком
unit: money
headings: amount; cost; cost value; adjustment value; 成本金额; 调整金额; 变动金额; Сумма; Себестоимость; Сумма корректировки';
