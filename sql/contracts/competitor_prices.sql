-- Prices of competitors as they were seen.
create table competitor_prices (
    observed_on date not null,
    competitor varchar not null,
    line_id varchar,
    sku varchar,
    base_price double not null,
    best_discount_price double,
    note varchar
);

comment on table competitor_prices is
'Prices of competitors as they were seen.
en: Competitors'' prices
zh: 竞品价格 — 所观察到的竞争对手价格。
ru: Цены конкурентов — цены конкурентов, как их увидели.
group: market
key: observed_on, competitor, line_id, sku
dated by: observed_on
names: competitor_prices; competitor prices; competition prices; price monitoring; 竞品价格; 竞争对手价格; 竞品调价; 价格监测; Цены конкурентов; Мониторинг цен; Конкуренты';

comment on column competitor_prices.observed_on is
'Day on which the price was seen.
en: Observed on
zh: 观察日期 — 看到该价格的日期
ru: Дата наблюдения — день, когда увидели цену
unit: day
headings: observation date; date; seen on; date seen; 采集日期; 调查日期; 日期; 记录日期; Дата замера; Дата мониторинга; Дата';

comment on column competitor_prices.competitor is
'Who sells at that price.
en: Competitor
zh: 竞争对手 — 以该价格销售的对手
ru: Конкурент — кто продаёт по этой цене
unit: text
headings: competitor name; rival; brand; competitor brand; 竞品; 竞争品牌; 竞品品牌; 对手名称; Наименование конкурента; Бренд конкурента; Бренд; Марка';

comment on column competitor_prices.line_id is
'Our line with which it competes.
en: Line
zh: 产品线编码 — 与之竞争的本公司产品线
ru: Код линии — наша линия, с которой он конкурирует
unit: code
one of: what
headings: line code; product line; product line code; line no; series; 产品线; 产品线代码; 产品系列; 系列; 系列编码; 产品系列编码; Линия; Товарная линия; Продуктовая линия; Линейка; Код товарной линии; Код линейки';

comment on column competitor_prices.sku is
'Our product with which it competes.
en: SKU
zh: 产品编码 — 与之竞争的本公司产品
ru: Артикул — наш товар, с которым он конкурирует
unit: code
references: products.sku
one of: what
headings: item code; item no; item number; product code; product no; product number; product id; part number; article; article number; stock code; product; item; 存货编码; 存货代码; 存货编号; 产品代码; 产品编号; 商品编码; 商品代码; 商品编号; 物料编码; 物料代码; 物料编号; 货号; 品号; 料号; Код номенклатуры; Номенклатура.Код; Номенклатура.Артикул; Код товара; Код продукции; Код изделия; Номенклатура; Товар';

comment on column competitor_prices.base_price is
'Competitor''s price before discounts, net of VAT.
en: Base price
zh: 基准价 — 竞品折扣前的价格，不含税
ru: Базовая цена — цена конкурента до скидок без НДС
unit: money_per_unit
headings: price; list price; competitor price; regular price; 竞品价格; 标价; 原价; 价格; Цена; Цена конкурента; Цена по прайсу; Обычная цена';

comment on column competitor_prices.best_discount_price is
'Competitor''s price after the largest discount, net of VAT.
en: Best price
zh: 最优折后价 — 竞品最大折扣后的价格，不含税
ru: Лучшая цена — цена конкурента после наибольшей скидки без НДС
unit: money_per_unit
headings: best discount price; lowest price; discount price; promo price; 折后价; 最低价; 促销价; 优惠价; Цена со скидкой; Минимальная цена; Акционная цена; Нижняя цена';

comment on column competitor_prices.note is
'Where and how it was seen.
en: Note
zh: 备注 — 在何处、如何看到
ru: Примечание — где и как увидели
unit: text
headings: remark; comment; notes; remarks; 说明; 附注; 摘要; Комментарий; Заметка; Пояснение';
