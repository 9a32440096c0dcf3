-- Size of each market segment by year and player.
create table market (
    segment varchar not null,
    year integer not null check (year between 1900 and 2200),
    player varchar not null,
    city varchar,
    price_band varchar,
    value double not null,
    source varchar
);

comment on table market is
'Size of each market segment by year and player.
en: Market
zh: 市场规模 — 各细分市场各年各参与者的规模。
ru: Рынок — размер сегментов рынка по годам и игрокам.
group: market
key: segment, year, player, city, price_band
names: market; market size; market shares; market data; 市场规模; 市场份额; 市场数据; 市场容量; Рынок; Объём рынка; Доли рынка; Размер рынка';

comment on column market.segment is
'Name of the market segment.
en: Segment
zh: 细分市场 — 细分市场的名称
ru: Сегмент — название сегмента рынка
unit: text
headings: market segment; segment name; market; 市场细分; 细分市场名称; 细分; Сегмент рынка; Название сегмента; Рынок';

comment on column market.year is
'Calendar year.
en: Year
zh: 年份 — 日历年
ru: Год — календарный год
unit: year
headings: calendar year; fiscal year; period; 年; 年度; 会计年度; Календарный год; Отчётный год; Период';

comment on column market.player is
'Who sells: we or a competitor.
en: Player
zh: 参与者 — 销售方：本公司或竞争对手
ru: Игрок — кто продаёт: мы или конкурент
unit: text
headings: company; competitor; brand; vendor; manufacturer; 企业; 品牌; 厂商; 竞争者; 公司; Компания; Конкурент; Участник рынка; Производитель; Бренд';

comment on column market.city is
'City to which the figure applies; empty = the whole market.
en: City
zh: 城市 — 数据所属的城市；空表示全部市场
ru: Город — город; пусто — весь рынок
unit: text
headings: town; city name; 市; 城市名称; 所在城市; 地市; Населённый пункт; Название города';

comment on column market.price_band is
'Price band to which the figure applies; empty = all.
en: Price band
zh: 价格档次 — 数据所属的价格档次；空表示全部
ru: Ценовой сегмент — ценовой сегмент; пусто — все
unit: text
headings: price segment; price tier; price class; price range; 价格带; 价位; 价位段; 档次; Ценовая группа; Ценовой диапазон; Ценовая категория; Ценовая полка';

comment on column market.value is
'Sales of the player in the segment and year.
en: Value
zh: 销售额 — 该参与者当年在该细分市场的销售额
ru: Продажи — продажи игрока в сегменте за год
unit: money
headings: sales; market value; revenue; amount; market size; turnover; 金额; 市场规模; 销售金额; 规模; Объём продаж; Объём рынка; Выручка; Оборот; Сумма';

comment on column market.source is
'Where the figure comes from.
en: Source
zh: 数据来源 — 数据的来源
ru: Источник — откуда взято число
unit: text
headings: data source; origin; reference; 来源; 资料来源; 出处; Источник данных; Откуда; Ссылка';
