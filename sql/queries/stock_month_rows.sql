-- Stock at the end of months by item, over some places, as it lies in the mart.
-- grain: month, item_id, location_id
-- month: first day of the month, month
-- item_id: article or material, code
-- location_id: place, code
-- stock_qty: quantity on hand, qty
-- stock_value: on hand at cost, money
select
    stock.month,
    stock.item_id,
    stock.location_id,
    stock.stock_qty,
    stock.stock_value
from marts.stock_month as stock
where stock.month between cast($first_month as date) and cast($last_month as date)
    and (cast($items as varchar[]) is null or stock.item_id in (select unnest(cast($items as varchar[]))))
    and stock.location_id in (select unnest(cast($places as varchar[])))
