-- Corrections of stock outside buying and selling.
-- grain: _source, _line
-- adjusted_on: day, day
-- location_id: place, code
-- item_id: article or material, code
-- kind: scrap, rework, sample, count, return_to_supplier or other, text
-- qty: signed quantity, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(adjusted_on as date) as adjusted_on,
    location_id,
    item_id,
    kind,
    cast(qty as double) as qty,
    _source,
    _line
from main.adjustments
