-- The forecast of families that was kept beside a version: the sum of their articles.
-- grain: family, month
-- family: line or group, code
-- month: first day of the month, month
-- qty: quantity that is expected, qty
-- promotion_qty: of it what planned promotions add, qty
-- low_80: with 80 % within this …, qty
-- high_80: … and this, qty
-- low_95: with 95 % within this …, qty
-- high_95: … and this, qty
select
    family,
    month,
    qty,
    promotion_qty,
    low_80,
    high_80,
    low_95,
    high_95
from kept.forecast_families
order by family, month
