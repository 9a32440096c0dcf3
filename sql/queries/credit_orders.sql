-- Order lines placed until a day that still wait to be shipped.
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
    order_id,
    line_no,
    dealer_id,
    sku,
    ordered_on,
    wanted_on,
    qty,
    open_qty,
    net_value,
    list_price
from marts.order_lines_open
where ordered_on <= cast($as_of as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by order_id, line_no
