-- How long a stage should take.
create table stage_standards (
    stage varchar not null,
    product_group varchar,
    standard_hours double not null check (standard_hours >= 0)
);

comment on table stage_standards is
'How long a stage should take.
en: Stage standards
zh: 阶段标准 — 各阶段应用的标准工时。
ru: Нормы этапов — сколько должен длиться этап.
group: supply
key: stage, product_group
names: stage_standards; stage standards; standard times; norms; 阶段标准; 标准工时; 标准时间; 工时标准; Нормы этапов; Нормативы этапов; Нормативы; Стандарты этапов';

comment on column stage_standards.stage is
'Name of the stage.
en: Stage
zh: 阶段 — 阶段的名称
ru: Этап — название этапа
unit: text
headings: step; operation; stage name; phase; 工序; 阶段名称; 环节; 步骤; Стадия; Операция; Наименование этапа; Шаг';

comment on column stage_standards.product_group is
'Product group to which the standard applies; empty = all of them.
en: Product group
zh: 产品组 — 标准适用的产品组；空表示全部
ru: Товарная группа — товарная группа; пусто — все группы
unit: text
headings: group; subcategory; product subcategory; product family; family; item group; 产品分组; 产品类别; 存货分类; 物料分组; 产品分类; 存货大类; 商品分类; 中类; Группа; Группа товаров; Номенклатурная группа; Группа номенклатуры; Вид номенклатуры; Товарная подгруппа';

comment on column stage_standards.standard_hours is
'Hours that the stage should take.
en: Standard hours
zh: 标准小时 — 该阶段的标准小时数
ru: Норма часов — сколько часов должен длиться этап
unit: hours
headings: hours; standard; standard time; norm hours; target hours; 标准工时; 标准时长; 定额工时; 小时数; Норматив; Часов по норме; Нормативное время; Часы';
