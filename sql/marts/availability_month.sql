-- Working days of a month on which an article was in stock at a place.
-- grain: month, location_id, sku
-- month: first day of the month, month
-- location_id: place, code
-- sku: article, code
-- working_days: working days of the month, days
-- in_stock_days: working days with stock, never more than there were, days
select
    month,
    location_id,
    sku,
    max(working_days) as working_days,
    case when max(in_stock_days) > max(working_days) then max(working_days) else max(in_stock_days) end as in_stock_days
from staging.stg_availability
group by month, location_id, sku
order by month, location_id, sku
