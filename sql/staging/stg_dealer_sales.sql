-- What dealers sold on.
-- grain: _source, _line
-- sold_on: day of the dealer's sale, day
-- dealer_id: dealer, code
-- sku: article, code
-- qty: quantity, qty
-- net_value: value, may be unknown, money
-- outlet_id: outlet that bought, may be unknown, code
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(sold_on as date) as sold_on,
    dealer_id,
    sku,
    cast(qty as double) as qty,
    cast(net_value as double) as net_value,
    outlet_id,
    _source,
    _line
from main.dealer_sales
