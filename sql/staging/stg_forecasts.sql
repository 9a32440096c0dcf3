-- Forecasts by the day they were made.
-- grain: _source, _line
-- made_on: day of the forecast, day
-- month: first day of the month, month
-- source: who made it, text
-- sku: article, or empty, code
-- line_id: line, or empty, code
-- dealer_id: dealer, or empty, code
-- area: area, or empty, text
-- qty: quantity, qty
-- excludes_deals: whether deals under negotiation are left out, flag
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(made_on as date) as made_on,
    cast(month as date) as month,
    source,
    sku,
    line_id,
    dealer_id,
    area,
    cast(qty as double) as qty,
    coalesce(excludes_deals, false) as excludes_deals,
    _source,
    _line
from main.forecasts
