-- Promotions of product lines, planned and run.
create table promotions (
    promotion_id varchar not null,
    line_id varchar not null,
    started_on date not null,
    ended_on date not null,
    planned_spend double not null,
    spend double,
    depth double check (depth between 0 and 1),
    kind varchar check (kind in ('star', 'launch', 'other')),
    status varchar
);

comment on table promotions is
'Promotions of product lines, planned and run.
en: Promotions
zh: 促销活动 — 产品线的促销活动，包括计划的和已执行的。
ru: Акции — акции по товарным линиям, плановые и проведённые.
group: market
key: promotion_id
names: promotions; promotion; promo plan; campaigns; 促销活动; 促销; 促销计划; 促销方案; Акции; Промоакции; План акций; Продвижение';

comment on column promotions.promotion_id is
'Code of the promotion.
en: Promotion
zh: 促销活动编码 — 促销活动的编码
ru: Код акции — код акции
unit: code
headings: promotion code; promotion no; promotion id; promo; promo code; campaign; campaign code; 促销编码; 促销编号; 活动编码; 活动编号; 方案编号; Акция; Номер акции; Промоакция; Код промоакции; Код';

comment on column promotions.line_id is
'Code of the product line.
en: Line
zh: 产品线编码 — 产品线的编码
ru: Код линии — код товарной линии
unit: code
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column promotions.started_on is
'First day of the promotion.
en: Started on
zh: 开始日期 — 促销开始的日期
ru: Дата начала — первый день акции
unit: day
headings: start date; starts on; from; begin date; 促销开始日期; 活动开始日期; 起始日期; 生效日期; Начало; Начало акции; Дата начала акции; Действует с';

comment on column promotions.ended_on is
'Last day of the promotion.
en: Ended on
zh: 结束日期 — 促销结束的日期
ru: Дата окончания — последний день акции
unit: day
month: last day
headings: end date; ends on; to; until; 促销结束日期; 活动结束日期; 截止日期; 失效日期; Окончание; Конец акции; Дата окончания акции; Действует по';

comment on column promotions.planned_spend is
'Money planned for the promotion.
en: Planned spend
zh: 计划费用 — 促销的计划费用
ru: Плановые расходы — запланированные расходы на акцию
unit: money
headings: planned cost; budget; planned budget; promotion budget; 预算费用; 计划投入; 预算; 促销预算; 预算金额; План расходов; Бюджет; Бюджет акции; Плановый бюджет; Плановая сумма';

comment on column promotions.spend is
'Money spent so far.
en: Spend
zh: 实际费用 — 至今实际发生的费用
ru: Фактические расходы — потрачено на сегодня
unit: money
headings: actual spend; cost; actual cost; spent; 实际投入; 已用费用; 实际支出; 发生费用; Факт расходов; Расходы; Потрачено; Фактическая сумма';

comment on column promotions.depth is
'Discount as a share of the price, 0 to 1.
en: Depth
zh: 促销力度 — 折扣占价格的比例，0 至 1
ru: Глубина скидки — скидка как доля цены, от 0 до 1
unit: share
headings: discount; discount depth; discount share; discount pct; 折扣率; 折扣; 促销折扣; 让利幅度; 折扣比例; Скидка; Размер скидки; Процент скидки; Доля скидки';

comment on column promotions.kind is
'What the promotion is for: the star line, a launch, or something else.
en: Kind
zh: 促销类型 — 促销对象：明星产品线、新品上市或其他
ru: Вид акции — для чего акция: звёздная линия, запуск или прочее
unit: text
values: star = star line, 明星, 明星产品线, 主推, звезда, звёздная линия, звездная; launch = new product, new launch, 上市, 新品, 新品上市, запуск, новинка, вывод на рынок; other = others, 其他, 其它, 一般, прочее, прочая, другое
headings: type; promotion type; promotion kind; 类型; 活动类型; 促销类别; 活动类别; Тип; Вид; Тип акции; Вид промоакции';

comment on column promotions.status is
'State of the promotion, such as planned, running, ended.
en: Status
zh: 状态 — 促销的状态，例如计划、进行中、已结束
ru: Статус — состояние акции: план, идёт, завершена
unit: text
headings: state; current status; 当前状态; 业务状态; 状态名称; Состояние; Текущий статус; promotion status; 活动状态; 促销状态; Статус акции';
