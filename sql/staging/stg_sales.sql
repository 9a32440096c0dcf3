-- Sales to dealers, one row an invoice line; returns are negative.
-- grain: _source, _line
-- shipped_on: day of shipment, day
-- dealer_id: dealer, code
-- sku: article, code
-- location_id: place that shipped, code
-- invoice_id: invoice on which the line stands, may be unknown, code
-- sphere: sphere in which it was sold, where somebody said so, text
-- qty: quantity, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, may be unknown, money
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(shipped_on as date) as shipped_on,
    dealer_id,
    sku,
    location_id,
    invoice_id,
    sphere,
    cast(qty as double) as qty,
    cast(net_value as double) as net_value,
    cast(cost_value as double) as cost_value,
    _source,
    _line
from main.sales
