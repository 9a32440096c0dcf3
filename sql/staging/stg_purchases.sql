-- Receipts from suppliers.
-- grain: _source, _line
-- received_on: day, day
-- item_id: article or material, code
-- location_id: place, code
-- qty: quantity, qty
-- value: value, money
-- supplier: who delivered it, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(received_on as date) as received_on,
    item_id,
    location_id,
    cast(qty as double) as qty,
    cast(value as double) as value,
    supplier,
    _source,
    _line
from main.purchases
