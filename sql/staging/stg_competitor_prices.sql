-- Prices of competitors as they were seen, as loaded.
-- grain: _source, _line
-- observed_on: day on which it was seen, day
-- competitor: who sells at that price, text
-- line_id: our line that it competes with, empty where an article is named, code
-- sku: our article that it competes with, empty where a line is named, code
-- base_price: price before discounts, money a unit
-- best_discount_price: price at the largest discount, may be empty, money a unit
-- note: where and how it was seen, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(observed_on as date) as observed_on,
    competitor,
    line_id,
    sku,
    cast(base_price as double) as base_price,
    cast(best_discount_price as double) as best_discount_price,
    note,
    _source,
    _line
from main.competitor_prices
