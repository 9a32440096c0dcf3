-- What came in from suppliers in some months.
-- grain: month, item_id, supplier
-- month: month, by its first day, month
-- item_id: article or material, code
-- supplier: who delivered it, text
-- bought_qty: quantity received, returns deducted, qty
-- bought_value: what was charged, money
select
    month,
    item_id,
    supplier,
    bought_qty,
    bought_value
from marts.purchases_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, item_id, supplier
