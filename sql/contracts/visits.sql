-- Visits of sales representatives to outlets.
create table visits (
    visited_on date not null,
    outlet_id varchar not null,
    sales_rep varchar not null,
    planned boolean,
    minutes double check (minutes >= 0),
    price_seen double,
    core_skus_present integer check (core_skus_present >= 0)
);

comment on table visits is
'Visits of sales representatives to outlets.
en: Visits
zh: 拜访记录 — 业务员对终端网点的拜访。
ru: Визиты — визиты торговых представителей в точки.
group: parties
key: visited_on, outlet_id
dated by: visited_on
reported: steadily
names: visits; visit log; calls; store visits; 拜访记录; 拜访; 走访记录; 巡店记录; Визиты; Посещения; Журнал визитов; Маршруты';

comment on column visits.visited_on is
'Day of the visit.
en: Visited on
zh: 拜访日期 — 拜访的日期
ru: Дата визита — день визита
unit: day
month: last day
headings: visit date; date; call date; date of visit; 走访日期; 巡店日期; 日期; Дата посещения; День визита; Дата';

comment on column visits.outlet_id is
'Outlet visited.
en: Outlet
zh: 网点编码 — 被拜访的网点
ru: Код торговой точки — посещённая точка
unit: code
references: outlets.outlet_id
headings: outlet code; outlet no; point of sale; shop code; store code; 网点代码; 终端编码; 门店编码; 售点编码; 网点; Торговая точка; Код точки; Код магазина; Точка';

comment on column visits.sales_rep is
'Who made the visit.
en: Sales representative
zh: 业务员 — 拜访人
ru: Торговый представитель — кто сделал визит
unit: text
headings: sales rep; representative; salesperson; salesman; account manager; rep; 销售员; 业务代表; 销售代表; 销售人员; 客户经理; Менеджер по продажам; Менеджер; Представитель; Ответственный менеджер; Торговый агент; visitor; 拜访人; Кто посетил';

comment on column visits.planned is
'Whether the visit was in the route plan.
en: Planned
zh: 是否计划内 — 该次拜访是否在路线计划内
ru: По плану — был ли визит в плане маршрута
unit: flag
headings: planned visit; in plan; is planned; 计划内; 计划拜访; 是否计划拜访; Плановый; Плановый визит; В плане';

comment on column visits.minutes is
'Minutes spent at the outlet.
en: Minutes
zh: 停留分钟 — 在网点停留的分钟数
ru: Минут в точке — минут, проведённых в точке
unit: minutes
headings: duration; visit minutes; time spent; 拜访时长; 停留时间; 时长; 在店时长; Длительность; Продолжительность; Время визита; Минуты';

comment on column visits.price_seen is
'Price found on the shelf.
en: Price seen
zh: 所见价格 — 货架上所见的零售价
ru: Цена на полке — цена, увиденная на полке
unit: money_per_unit
headings: shelf price; price; observed price; 货架价; 零售价; 陈列价格; 价格; Полочная цена; Цена; Розничная цена; Увиденная цена';

comment on column visits.core_skus_present is
'How many core products stood on the shelf.
en: Core products present
zh: 核心产品数 — 货架上核心产品的数量
ru: Основных товаров на полке — сколько основных товаров стояло на полке
unit: count
headings: core skus; core sku count; core assortment; skus present; 核心单品数; 必备品数; 在架核心产品数; Основных позиций; Обязательный ассортимент; Количество основных позиций';
