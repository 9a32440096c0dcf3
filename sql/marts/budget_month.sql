-- The year's plan by month, line and region.
-- grain: month, line_id, region
-- month: month, by its first day, month
-- line_id: line, code
-- region: region, empty for the whole company, text
-- qty: quantity budgeted, empty where nobody said, qty
-- net_value: net sales budgeted, money
-- margin_value: gross margin budgeted, empty where nobody said, money
select
    cast(date_trunc('month', month) as date) as month,
    line_id,
    region,
    sum(qty) as qty,
    sum(net_value) as net_value,
    sum(margin_value) as margin_value
from staging.stg_budget
group by cast(date_trunc('month', month) as date), line_id, region
order by month, line_id, region
