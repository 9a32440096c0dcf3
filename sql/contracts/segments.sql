-- Who buys in each market segment, what for, and how fast it grows.
create table segments (
    segment varchar not null,
    consumer_portrait varchar,
    needs varchar,
    use varchar,
    growth double
);

comment on table segments is
'Who buys in each market segment, what for, and how fast it grows.
en: Market segments
zh: 细分市场档案 — 各细分市场的消费者、需求、用途和增长。
ru: Сегменты рынка — кто покупает в сегменте, зачем и как быстро он растёт.
group: market
key: segment
names: segments; market segments; segment portraits; 细分市场档案; 细分市场; 市场细分; Сегменты рынка; Сегменты; Портреты сегментов';

comment on column segments.segment is
'Name of the market segment.
en: Segment
zh: 细分市场 — 细分市场的名称
ru: Сегмент — название сегмента рынка
unit: text
headings: market segment; segment name; name; 市场细分; 细分市场名称; 细分; Сегмент рынка; Название сегмента; Название';

comment on column segments.consumer_portrait is
'Who buys.
en: Consumer portrait
zh: 消费者画像 — 购买者是谁
ru: Портрет потребителя — кто покупает
unit: text
headings: consumer; portrait; customer profile; target consumer; 用户画像; 目标消费者; 消费人群; 客群; Потребитель; Портрет; Целевая аудитория; Портрет покупателя';

comment on column segments.needs is
'What the buyers need.
en: Needs
zh: 需求 — 购买者的需求
ru: Потребности — что нужно покупателям
unit: text
headings: consumer needs; need; requirements; 消费需求; 需求描述; 核心需求; Нужды; Потребности покупателей; Потребность';

comment on column segments.use is
'On what occasions it is used.
en: Use
zh: 用途 — 使用的场合
ru: Применение — в каких случаях используется
unit: text
headings: usage; occasion; occasions; use occasion; 使用场景; 消费场景; 用途场合; Использование; Поводы; Ситуации использования; Назначение';

comment on column segments.growth is
'Growth of the segment in a year, as a share.
en: Growth
zh: 增长率 — 细分市场的年增长率
ru: Рост — рост сегмента за год, долей
unit: share
headings: growth rate; annual growth; growth per year; market growth; 年增长率; 增速; 增长; 市场增长率; Темп роста; Рост в год; Годовой рост; Прирост';
