-- What is planned to be made in a month.
create table production_plan (
    month date not null,
    sku varchar,
    line_id varchar,
    version varchar,
    qty double not null
);

comment on table production_plan is
'What is planned to be made in a month.
en: Production plan
zh: 生产计划 — 各月计划生产的数量。
ru: План производства — сколько запланировано произвести за месяц.
group: supply
key: month, sku, line_id, version
dated by: month
names: production_plan; production plan; master production schedule; mps; manufacturing plan; 生产计划; 主生产计划; 排产计划; 月度生产计划; План производства; Производственный план; План выпуска';

comment on column production_plan.month is
'The month, by its first day.
en: Month
zh: 月份 — 所属月份，以当月第一天表示
ru: Месяц — месяц, обозначенный первым днём
unit: month
headings: period; year month; 月度; 年月; 期间; 会计期间; 所属期间; Период; Отчётный месяц; Месяц и год';

comment on column production_plan.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
one of: what
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column production_plan.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
one of: what
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column production_plan.version is
'Version of the plan.
en: Version
zh: 版本 — 计划的版本
ru: Версия — версия плана
unit: text
headings: plan version; version no; revision; variant; 计划版本; 版本号; 方案; Версия плана; Номер версии; Вариант; Сценарий';

comment on column production_plan.qty is
'Quantity planned.
en: Quantity
zh: 数量 — 计划数量
ru: Количество — плановое количество
unit: qty
headings: quantity; pieces; units; qty pcs; volume; 主数量; 件数; 基本单位数量; Кол-во; Количество в базовых единицах; Объём; planned quantity; plan; plan quantity; 计划数量; 计划产量; 排产数量; План; Плановое количество; Плановый выпуск';
