-- Prices of competitors as they were seen.
-- grain: observed_on, competitor, line_id, sku
-- observed_on: day on which it was seen, day
-- competitor: who sells at that price, text
-- line_id: our line that it competes with, empty where an article is named, code
-- sku: our article that it competes with, empty where a line is named, code
-- base_price: price before discounts, money a unit
-- best_discount_price: price at the largest discount, may be empty, money a unit
-- note: where and how it was seen, text
select
    observed_on,
    competitor,
    line_id,
    sku,
    base_price,
    best_discount_price,
    note
from staging.stg_competitor_prices
order by observed_on, competitor, line_id, sku
