-- Finished production.
-- grain: _source, _line
-- produced_on: day, day
-- sku: article, code
-- location_id: place, code
-- qty: quantity, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(produced_on as date) as produced_on,
    sku,
    location_id,
    cast(qty as double) as qty,
    _source,
    _line
from main.production
