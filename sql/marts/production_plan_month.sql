-- What is to be made by version of the plan and month.
-- grain: version, month, sku, line_id
-- version: version of the plan, empty where there is but one, text
-- month: month, by its first day, month
-- sku: article, or empty where a line is planned, code
-- line_id: line, or empty, code
-- qty: quantity planned, qty
select
    coalesce(version, '') as version,
    cast(date_trunc('month', month) as date) as month,
    sku,
    line_id,
    sum(qty) as qty
from staging.stg_production_plan
group by coalesce(version, ''), cast(date_trunc('month', month) as date), sku, line_id
order by version, month, sku, line_id
