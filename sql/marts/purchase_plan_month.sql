-- What was planned to come in from suppliers, by month.
-- grain: month, item_id
-- month: month, by its first day, month
-- item_id: article or material, code
-- planned_qty: quantity planned to come in, qty
select
    cast(date_trunc('month', month) as date) as month,
    item_id,
    sum(planned_qty) as planned_qty
from staging.stg_purchase_plan
group by cast(date_trunc('month', month) as date), item_id
order by month, item_id
