-- Lines that are to be launched, with what they cost and should bring.
create table projects (
    project_id varchar not null,
    line_id varchar not null,
    sourcing varchar not null check (sourcing in ('own', 'third_party', 'to_order')),
    investment double not null,
    expected_margin_share double not null check (expected_margin_share <= 1),
    planned_skus integer not null check (planned_skus >= 0),
    launch_on date not null,
    approved_on date,
    status varchar
);

comment on table projects is
'Lines that are to be launched, with what they cost and should bring.
en: Launch projects
zh: 新品项目 — 拟上市的产品线及其投入和预期收益。
ru: Проекты запуска — линии к запуску: сколько стоят и что должны дать.
group: market
key: project_id
names: projects; launch projects; launches; new products; 新品项目; 上市项目; 新品开发; 项目; Проекты запуска; Проекты; Новинки; Запуски';

comment on column projects.project_id is
'Code of the project.
en: Project
zh: 项目编号 — 项目的编号
ru: Код проекта — код проекта
unit: code
headings: project code; project no; project number; 项目编码; 项目代码; 项目号; Проект; Номер проекта; Код';

comment on column projects.line_id is
'Line that is to be launched.
en: Line
zh: 产品线编码 — 拟上市的产品线
ru: Код линии — линия к запуску
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column projects.sourcing is
'Who will make it.
en: Sourcing
zh: 货源方式 — 由谁生产
ru: Источник товара — кто будет производить
unit: text
values: own = own production, make, 自产, 自制, собственное производство, своё, свое, сами; third_party = third party, bought, buy, purchased, 外购, 代工, 贴牌, сторонний, закупка, покупное; to_order = to order, make to order, 定制, 按单, 按单生产, под заказ, на заказ
headings: source; made by; make or buy; supply; 生产方式; 货源; 来源方式; 供货方式; Кто производит; Способ обеспечения; Источник; Производство';

comment on column projects.investment is
'What the launch costs before the first sale.
en: Investment
zh: 投资额 — 首次销售前的上市投入
ru: Вложения — сколько стоит запуск до первой продажи
unit: money
headings: cost; capital; launch cost; project cost; 投资; 投入; 投资金额; 项目投入; Инвестиции; Стоимость проекта; Объём инвестиций; Затраты';

comment on column projects.expected_margin_share is
'Gross margin expected, as a share of sales.
en: Expected margin share
zh: 预期毛利率 — 预期毛利占销售额的比例
ru: Ожидаемая доля маржи — ожидаемая валовая маржа как доля продаж
unit: share
headings: expected margin; margin; planned margin; margin pct; 预计毛利率; 毛利率; 目标毛利率; Ожидаемая маржа; Плановая маржа; Маржинальность; Маржа';

comment on column projects.planned_skus is
'How many products the line will have.
en: Planned products
zh: 计划产品数 — 该产品线计划的产品数量
ru: Плановое число товаров — сколько товаров будет в линии
unit: count
headings: planned skus; number of skus; positions; sku count; number of products; 计划单品数; 产品数量; 品种数; 规划单品数; Количество товаров; Количество позиций; Число позиций; Артикулов по плану';

comment on column projects.launch_on is
'Day on which sales are to begin.
en: Launch on
zh: 上市日期 — 计划开始销售的日期
ru: Дата запуска — день начала продаж
unit: day
headings: launch date; start of sales; launch; planned launch; 计划上市日期; 上市时间; 预计上市日期; Запуск; Начало продаж; Дата начала продаж; Плановая дата запуска';

comment on column projects.approved_on is
'Day on which the project was approved.
en: Approved on
zh: 批准日期 — 项目获批的日期
ru: Дата утверждения — день утверждения проекта
unit: day
headings: approval date; decision date; approved; 审批日期; 立项日期; 通过日期; Утверждён; Дата одобрения; Дата решения';

comment on column projects.status is
'State of the project.
en: Status
zh: 状态 — 项目的状态
ru: Статус — состояние проекта
unit: text
headings: state; current status; 当前状态; 业务状态; 状态名称; Состояние; Текущий статус; project status; 项目状态; Статус проекта';
