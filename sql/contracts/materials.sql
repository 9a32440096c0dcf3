-- Raw and packing materials that we buy.
create table materials (
    material_id varchar not null,
    material_name varchar not null,
    unit_cost double not null,
    unit varchar,
    supplier varchar,
    lead_time_days double,
    withdrawn_on date
);

comment on table materials is
'Raw and packing materials that we buy.
en: Materials
zh: 物料档案 — 采购的原材料和包装物料。
ru: Материалы — сырьё и упаковочные материалы, которые мы закупаем.
group: supply
key: material_id
names: materials; raw materials; components; packaging; 原材料; 材料档案; 物料; 包材; 原辅料; Материалы; Сырьё; Сырьё и материалы; Комплектующие; Справочник материалов';

comment on column materials.material_id is
'Code of the material.
en: Material
zh: 物料编码 — 原材料或包装物料的编码
ru: Код материала — код сырья или материала
unit: code
headings: material code; material no; material number; component; component code; component no; raw material; 物料代码; 物料编号; 材料编码; 材料代码; 材料编号; 原料编码; 原材料编码; 子件编码; 子项物料编码; Материал; Код сырья; Сырьё; Код компонента; Компонент; Комплектующая; code; item code; item no; 存货编码; 存货代码; Код; Артикул; Код номенклатуры';

comment on column materials.material_name is
'Name of the material.
en: Material name
zh: 物料名称 — 物料的名称
ru: Название материала — название материала
unit: text
headings: name; description; material description; component name; 材料名称; 原材料名称; 存货名称; 名称; 品名; Наименование; Наименование материала; Название; Номенклатура; Наименование сырья';

comment on column materials.unit_cost is
'Cost of one stock unit, net of VAT.
en: Unit cost
zh: 单位成本 — 每一库存单位的成本，不含税
ru: Себестоимость единицы — себестоимость одной единицы без НДС
unit: money_per_unit
headings: cost; unit cost price; standard cost; cost price; 成本单价; 标准成本; 成本价; 单件成本; 计划成本; Себестоимость; Плановая себестоимость; Учётная цена; Себестоимость за единицу; Цена по себестоимости; price; purchase price; 采购单价; 单价; 进价; Цена; Цена закупки; Закупочная цена';

comment on column materials.unit is
'Stock unit in which quantities are counted.
en: Unit
zh: 计量单位 — 数量所用的库存计量单位
ru: Единица измерения — единица, в которой учитываются количества
unit: text
headings: uom; unit of measure; stock unit; base unit; measure unit; 主计量单位; 单位; 基本单位; 基本计量单位; 库存单位; Ед. изм.; Ед.; Единица; Базовая единица; Единица хранения';

comment on column materials.supplier is
'Who supplies the material.
en: Supplier
zh: 供应商 — 物料的供应商
ru: Поставщик — кто поставляет материал
unit: text
headings: vendor; supplier name; vendor name; supplier code; 供应商名称; 供应商编码; 供货单位; 供货商; Поставщик материала; Наименование поставщика; Код поставщика';

comment on column materials.lead_time_days is
'Days from our order until the material arrives.
en: Lead time
zh: 采购提前期 — 从下单到到货的天数
ru: Срок поставки — дней от заказа до поступления материала
unit: days
headings: lead time days; delivery time; delivery days; purchase lead time; 采购周期; 到货周期; 供货周期; 固定提前期; Время поставки; Срок поставки в днях; Срок доставки; Дней поставки';

comment on column materials.withdrawn_on is
'Day from which the material is no longer bought.
en: Withdrawn on
zh: 停购日期 — 物料停止采购的日期
ru: Выведен — день, с которого материал больше не закупают
unit: day
headings: withdrawal date; discontinued on; discontinued date; end of purchase; no longer bought from; 停用日期; 淘汰日期; 停止采购日期; Дата вывода; Больше не закупается с; Дата снятия';
