-- How much of each material or bought product is planned to come in a month.
create table purchase_plan (
    month date not null,
    item_id varchar not null,
    planned_qty double not null
);

comment on table purchase_plan is
'How much of each material or bought product is planned to come in a month.
en: Purchase plan
zh: 采购计划 — 各月计划到货的物料或外购产品数量。
ru: План закупок — сколько материалов и покупных товаров должно поступить за месяц.
group: supply
key: month, item_id
dated by: month
names: purchase_plan; purchase plan; purchasing plan; procurement plan; 采购计划; 请购计划; 物料需求计划; План закупок; План закупа; План снабжения';

comment on column purchase_plan.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column purchase_plan.item_id is
'Code of the product or of the material.
en: Item
zh: 存货编码 — 产品或物料的编码
ru: Код номенклатуры — код товара или материала
unit: code
references: products.sku or materials.material_id
headings: item code; item no; item number; sku; product code; product no; material code; material no; part number; article; stock code; product; material; 存货代码; 存货编号; 物料编码; 物料代码; 物料编号; 产品编码; 产品代码; 商品编码; 商品代码; 材料编码; 货号; 品号; 料号; Артикул; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код материала; Код продукции; Код позиции; Номенклатура; Товар; Материал';

comment on column purchase_plan.planned_qty is
'Quantity planned to come in.
en: Planned quantity
zh: 计划数量 — 计划到货的数量
ru: Плановое количество — количество, запланированное к поступлению
unit: qty
headings: planned; plan; quantity; qty; plan quantity; 计划采购量; 采购数量; 计划量; 数量; План; Количество; Кол-во; План закупки; Количество план';
