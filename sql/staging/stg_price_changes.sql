-- List prices and best discounts by the day on which they changed, as loaded.
-- grain: _source, _line
-- sku: article, code
-- changed_on: first day of the price, day
-- list_price: price of one unit by the list, money a unit
-- best_discount_price: price of one unit at the largest discount, may be empty, money a unit
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sku,
    cast(changed_on as date) as changed_on,
    cast(list_price as double) as list_price,
    cast(best_discount_price as double) as best_discount_price,
    _source,
    _line
from main.price_changes
