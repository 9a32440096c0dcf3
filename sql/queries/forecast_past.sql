-- What would have been forecast in the past, and what came.
-- grain: level, code, made_after, month
-- level: item or family, text
-- code: article, line or group, code
-- family: line or group that it belongs to, code
-- made_after: last month that was known then, month
-- month: month that was forecast, month
-- qty: the forecast, qty
-- naive_qty: the month of a year before, qty
-- actual_qty: demand that came, qty
select
    level,
    code,
    family,
    made_after,
    month,
    qty,
    naive_qty,
    actual_qty
from kept.forecast_past
order by level, code, made_after, month
