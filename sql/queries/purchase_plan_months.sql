-- What was planned to come in from suppliers in some months.
-- grain: month, item_id
-- month: month, by its first day, month
-- item_id: article or material, code
-- planned_qty: quantity planned to come in, qty
select
    month,
    item_id,
    planned_qty
from marts.purchase_plan_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, item_id
