-- What moved our stock until a day, of the items of which some stock has no day of receipt.
-- grain: item_id, location_id, to_location_id, moved_on, kind
-- item_id: article or material, code
-- location_id: place of ours, code
-- to_location_id: place of ours that it moved to, empty for all but moves, code
-- moved_on: day, day
-- kind: in, out, move or count, text
-- qty: quantity, qty
select
    item_id,
    location_id,
    to_location_id,
    moved_on,
    kind,
    qty
from marts.stock_movements
where moved_on <= cast($as_of as date)
    and (cast($items as varchar[]) is null or item_id in (select unnest(cast($items as varchar[]))))
