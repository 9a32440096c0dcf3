-- Order lines of dealers.
-- grain: order_id, line_no
-- order_id: order, code
-- line_no: line, code
-- ordered_on: day of the order, day
-- dealer_id: dealer, code
-- sku: article, code
-- qty: ordered quantity, qty
-- net_value: value of the line, may be unknown, money
-- requested_on: day on which the dealer wants the goods, day
-- shipped_qty: quantity shipped so far, qty
-- promised_on: promised day, day
-- status: open, shipped or cancelled, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    order_id,
    line_no,
    cast(ordered_on as date) as ordered_on,
    dealer_id,
    sku,
    cast(qty as double) as qty,
    cast(net_value as double) as net_value,
    cast(requested_on as date) as requested_on,
    cast(shipped_qty as double) as shipped_qty,
    cast(promised_on as date) as promised_on,
    status,
    _source,
    _line
from main.orders
