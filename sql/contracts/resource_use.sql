-- How much of each resource one unit of a product or line takes (bill of resources).
create table resource_use (
    sku varchar,
    line_id varchar,
    resource_id varchar not null,
    per_unit double not null check (per_unit >= 0),
    months_ahead integer check (months_ahead >= 0)
);

comment on table resource_use is
'How much of each resource one unit of a product or line takes (bill of resources).
en: Resource use
zh: 资源消耗 — 每单位产品或产品线占用的资源。
ru: Расход ресурсов — сколько ресурса занимает единица товара или линии.
group: supply
key: sku, line_id, resource_id
names: resource_use; resource use; bill of resources; routings; resource profile; 资源消耗; 资源清单; 工艺路线; 工时定额; Расход ресурсов; Маршрутные карты; Трудоёмкость; Нормы времени';

comment on column resource_use.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
one of: what
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column resource_use.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
one of: what
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column resource_use.resource_id is
'Code of the resource.
en: Resource
zh: 资源编码 — 资源的编码
ru: Код ресурса — код ресурса
unit: code
references: resources.resource_id
headings: resource; resource code; work centre; work center; machine; 资源; 工作中心; 工作中心编码; 设备编码; Ресурс; Рабочий центр; Вид рабочего центра; Оборудование';

comment on column resource_use.per_unit is
'How much of the resource one unit takes.
en: Per unit
zh: 单位消耗 — 每单位产品占用的资源量
ru: На единицу — сколько ресурса занимает единица товара
unit: resource_per_unit
headings: usage; use per unit; hours per unit; standard time; rate; 单位工时; 单件工时; 标准工时; 单位用量; Расход на единицу; Норма времени; Трудоёмкость единицы; Часов на единицу';

comment on column resource_use.months_ahead is
'How many months before the product is finished the resource is taken.
en: Months ahead
zh: 提前月数 — 在产品完工前几个月占用该资源
ru: Месяцев заранее — за сколько месяцев до выпуска занят ресурс
unit: count
headings: offset; lead months; months before; month offset; 提前期月数; 偏置月数; 提前月份; Смещение; Опережение; Смещение в месяцах; Опережение в месяцах';
