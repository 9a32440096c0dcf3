-- Forecasts that were made until a day, for the months from a given one on.
-- grain: made_on, source, month, sku, line_id
-- made_on: day of the forecast, day
-- source: who made it, text
-- month: first day of the month that is forecast, month
-- sku: article, or empty where a line is forecast, code
-- line_id: line, or empty where an article is forecast, code
-- qty: quantity, qty
select
    made_on,
    source,
    month,
    sku,
    line_id,
    qty
from marts.forecasts_month
where made_on <= cast($as_of as date)
    and month >= cast($from_month as date)
