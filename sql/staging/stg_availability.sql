-- On how many working days of a month an article was in stock at a place, as loaded.
-- grain: _source, _line
-- month: first day of the month, month
-- location_id: place, code
-- sku: article, code
-- working_days: working days of the month, days
-- in_stock_days: working days with stock, days
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(date_trunc('month', month) as date) as month,
    location_id,
    sku,
    cast(working_days as double) as working_days,
    cast(in_stock_days as double) as in_stock_days,
    _source,
    _line
from main.availability
