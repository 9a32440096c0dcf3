-- Movements between places.
-- grain: _source, _line
-- moved_on: day, day
-- item_id: article or material, code
-- from_location_id: place left, code
-- to_location_id: place reached, code
-- qty: quantity, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(moved_on as date) as moved_on,
    item_id,
    from_location_id,
    to_location_id,
    cast(qty as double) as qty,
    _source,
    _line
from main.transfers
