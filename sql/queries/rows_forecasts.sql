-- Forecasts as loaded that were made until a day, for a month and later.
-- grain: source_id, line
-- made_on: day of the forecast, day
-- source: who made it, text
-- month: first day of the month that is forecast, month
-- sku: article, or empty, code
-- line_id: line, or empty, code
-- is_whole: whether it stands for all dealers and areas, flag
-- qty: quantity, qty
-- source_id: load that brought the row, number
-- line: line in its file, number
select
    made_on,
    source,
    cast(date_trunc('month', month) as date) as month,
    sku,
    line_id,
    dealer_id is null and area is null as is_whole,
    qty,
    _source as source_id,
    _line as line
from main.forecasts
where made_on <= cast($as_of as date)
    and date_trunc('month', month) >= cast($from_month as date)
order by _source, _line
