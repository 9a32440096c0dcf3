-- The budget of some months.
-- grain: month, line_id, region
-- month: month, by its first day, month
-- line_id: line, code
-- region: region, empty for the whole company, text
-- qty: quantity budgeted, empty where nobody said, qty
-- net_value: net sales budgeted, money
-- margin_value: gross margin budgeted, empty where nobody said, money
select
    month,
    line_id,
    region,
    qty,
    net_value,
    margin_value
from marts.budget_month
where month between cast($first_month as date) and cast($last_month as date)
