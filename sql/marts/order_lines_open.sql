-- Order lines that still wait to be shipped.
-- grain: order_id, line_no
-- order_id: order, code
-- line_no: line, code
-- dealer_id: dealer, code
-- sku: article, code
-- ordered_on: day of the order, day
-- wanted_on: day promised, else the day on which the dealer wants the goods, day
-- qty: ordered quantity, qty
-- open_qty: ordered and not yet shipped, qty
-- net_value: value of the whole line, may be unknown, money
-- list_price: list price of one unit, may be unknown, money a unit
select
    orders.order_id,
    orders.line_no,
    orders.dealer_id,
    orders.sku,
    orders.ordered_on,
    coalesce(orders.promised_on, orders.requested_on) as wanted_on,
    orders.qty,
    orders.qty - coalesce(orders.shipped_qty, 0) as open_qty,
    orders.net_value,
    items.list_price
from staging.stg_orders as orders
left join marts.items as items
    on orders.sku = items.item_id
where coalesce(orders.status, 'open') = 'open'
    and orders.qty > coalesce(orders.shipped_qty, 0)
order by orders.order_id, orders.line_no
