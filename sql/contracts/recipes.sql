-- Which materials go into one unit of a product (bill of materials).
create table recipes (
    sku varchar not null,
    material_id varchar not null,
    qty_per double not null
);

comment on table recipes is
'Which materials go into one unit of a product (bill of materials).
en: Recipes
zh: 物料清单 — 每单位产品所用的物料及用量。
ru: Спецификации — какие материалы и сколько идёт на единицу товара.
group: supply
key: sku, material_id
names: recipes; bom; bill of materials; recipe; formulas; 物料清单; 配方; 工艺配方; 用料表; Спецификации; Рецептуры; Ресурсные спецификации; Нормы расхода; Состав изделия';

comment on column recipes.sku is
'Product that is made.
en: SKU
zh: 产品编码 — 所生产的产品
ru: Артикул — изготавливаемый товар
unit: code
references: products.sku
headings: product code; product no; product number; product id; article; article number; stock code; product; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 货号; 品号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Товар; parent; parent item; finished good; 母件编码; 父项物料编码; 成品编码; Изделие; Выходное изделие; Готовая продукция';

comment on column recipes.material_id is
'Material that is used.
en: Material
zh: 物料编码 — 所用的物料
ru: Код материала — расходуемый материал
unit: code
references: materials.material_id
headings: material code; material no; material number; component; component code; component no; raw material; 物料代码; 物料编号; 材料编码; 材料代码; 材料编号; 原料编码; 原材料编码; 子件编码; 子项物料编码; Материал; Код сырья; Сырьё; Код компонента; Компонент; Комплектующая';

comment on column recipes.qty_per is
'Quantity of the material for one unit of the product.
en: Quantity per unit
zh: 单位用量 — 每单位产品所用的物料数量
ru: Расход на единицу — количество материала на единицу товара
unit: qty_per_unit
headings: qty per; quantity per; usage; quantity; qty; consumption; 用量; 基本用量; 单耗; 定额用量; 使用数量; 数量; Норма расхода; Количество на единицу; Расход; Норма; Количество; Кол-во';
