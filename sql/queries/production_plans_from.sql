-- Production plans for the months from a given one on.
-- grain: version, month, sku, line_id
-- version: version of the plan, empty where there is but one, text
-- month: month, by its first day, month
-- sku: article, or empty where a line is planned, code
-- line_id: line, or empty, code
-- qty: quantity planned, qty
select
    version,
    month,
    sku,
    line_id,
    qty
from marts.production_plan_month
where month >= cast($from_month as date)
