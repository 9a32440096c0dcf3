-- Forecasts by the day they were made, over dealers and areas; a row for the whole stands before its parts.
-- grain: made_on, source, month, sku, line_id
-- made_on: day of the forecast, day
-- source: who made it, text
-- month: first day of the month that is forecast, month
-- sku: article, or empty where a line is forecast, code
-- line_id: line, or empty where an article is forecast, code
-- qty: quantity, qty
with totals as (
    select
        made_on,
        source,
        month,
        sku,
        line_id,
        sum(qty) filter (where dealer_id is null and area is null) as whole_qty,
        sum(qty) as parts_qty
    from staging.stg_forecasts
    group by made_on, source, month, sku, line_id
)

select
    made_on,
    source,
    cast(date_trunc('month', month) as date) as month,
    sku,
    line_id,
    sum(coalesce(whole_qty, parts_qty)) as qty
from totals
group by made_on, source, cast(date_trunc('month', month) as date), sku, line_id
order by made_on, source, month, sku, line_id
