-- Which lots of materials went into which batch.
create table batch_lots (
    batch_id varchar not null,
    material_id varchar not null,
    lot_id varchar not null
);

comment on table batch_lots is
'Which lots of materials went into which batch.
en: Batch lots
zh: 批次用料 — 各生产批号使用的来料批号。
ru: Состав партий — какие партии сырья вошли в какую партию продукции.
group: supply
key: batch_id, material_id, lot_id
names: batch_lots; batch lots; batch genealogy; traceability; lot trace; 批次用料; 批次追溯; 批号对照; 投料记录; Состав партий; Прослеживаемость; Партии сырья';

comment on column batch_lots.batch_id is
'Batch of the product.
en: Batch
zh: 批号 — 产品的生产批号
ru: Номер партии — партия продукции
unit: code
headings: batch no; batch number; batch code; production batch; 批次; 批次号; 批次编号; 产品批号; 生产批号; Партия; Код партии; Серия; Номер серии; Серия номенклатуры';

comment on column batch_lots.material_id is
'Code of the material.
en: Material
zh: 物料编码 — 原材料或包装物料的编码
ru: Код материала — код сырья или материала
unit: code
references: materials.material_id
headings: material code; material no; material number; component; component code; component no; raw material; 物料代码; 物料编号; 材料编码; 材料代码; 材料编号; 原料编码; 原材料编码; 子件编码; 子项物料编码; Материал; Код сырья; Сырьё; Код компонента; Компонент; Комплектующая';

comment on column batch_lots.lot_id is
'Lot of the material.
en: Supplier''s lot
zh: 来料批号 — 物料的来料批号
ru: Партия поставщика — партия материала
unit: code
headings: supplier lot; supplier lot no; supplier batch; vendor lot; vendor batch; incoming lot; 供应商批号; 供应商批次; 进货批号; 原料批号; 材料批号; Номер партии поставщика; Серия поставщика; Партия сырья; Партия материала; lot; lot no; lot number';
