-- Where each product stands in the tree, by sphere and from which day; a product may stand in several spheres.
create table product_tree (
    sku varchar not null,
    sphere varchar not null,
    valid_from date not null,
    product_group varchar not null,
    line_id varchar not null,
    direction varchar,
    reason varchar check (reason in ('plan', 'withdrawal', 'launch'))
);

comment on table product_tree is
'Where each product stands in the tree, by sphere and from which day; a product may stand in several spheres.
en: Product tree
zh: 产品结构 — 各产品在各业务板块中的归属及生效日期；同一产品可属于多个板块。
ru: Дерево товаров — где стоит товар в дереве, по сферам и с какого дня; товар может стоять в нескольких сферах.
group: market
key: sku, sphere, valid_from
dated by: valid_from
names: product_tree; product tree; product hierarchy; assortment tree; 产品结构; 产品树; 产品层级; 产品分类表; Дерево товаров; Иерархия товаров; Классификатор товаров; Структура ассортимента';

comment on column product_tree.sku is
'Code of the product.
en: SKU
zh: 产品编码 — 产品的编码
ru: Артикул — код товара
unit: code
references: products.sku
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column product_tree.sphere is
'Business sphere: the uppermost level of the product tree.
en: Sphere
zh: 业务板块 — 产品结构的最上一级
ru: Сфера — верхний уровень дерева товаров
unit: text
headings: business sphere; category; product category; business; 板块; 业务领域; 产品大类; 大类; 品类; Сфера бизнеса; Бизнес-сфера; Товарная категория; Категория';

comment on column product_tree.valid_from is
'First day on which it applies.
en: Valid from
zh: 生效日期 — 开始适用的第一天
ru: Действует с — первый день действия
unit: day
headings: valid from date; effective from; effective date; start date; from date; 起始日期; 开始日期; 有效期起; 生效日; Дата начала действия; Начало действия; Дата начала; Дата вступления в силу';

comment on column product_tree.product_group is
'Group of product lines.
en: Product group
zh: 产品组 — 产品线所属的产品组
ru: Товарная группа — группа товарных линий
unit: text
headings: group; subcategory; product subcategory; product family; family; item group; 产品分组; 产品类别; 存货分类; 物料分组; 产品分类; 存货大类; 商品分类; 中类; Группа; Группа товаров; Номенклатурная группа; Группа номенклатуры; Вид номенклатуры; Товарная подгруппа';

comment on column product_tree.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column product_tree.direction is
'Direction within the sphere, above the product groups.
en: Direction
zh: 业务方向 — 板块内产品组之上的方向
ru: Направление — направление внутри сферы, над товарными группами
unit: text
headings: business direction; trend; subdivision; 方向; 产品方向; 细分方向; Направление сферы; Товарное направление; Поднаправление';

comment on column product_tree.reason is
'Why the tree was changed.
en: Reason
zh: 变更原因 — 结构变更的原因
ru: Причина — почему дерево изменено
unit: text
values: plan = planned, annual plan, 计划, 年度计划, план, плановое, по плану; withdrawal = withdrawn, removal, 退市, 淘汰, вывод, вывод из ассортимента; launch = new product, new line, 上市, 新品, запуск, новинка, ввод
headings: cause; change reason; why; reason of change; 原因; 调整原因; 变动原因; Причина изменения; Основание; Почему';
