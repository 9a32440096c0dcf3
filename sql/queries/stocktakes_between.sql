-- Counted positions of some days.
-- grain: counted_on, location_id, item_id, batch_id
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- book_qty: quantity by the books, qty
-- counted_qty: quantity found, qty
-- unit_cost: cost of one unit on that day, money a unit
-- cause: why there is a difference, text
-- responsible: who answers for it, text
select
    counted_on,
    location_id,
    item_id,
    batch_id,
    book_qty,
    counted_qty,
    unit_cost,
    cause,
    responsible
from marts.stocktakes
where counted_on between cast($first as date) and cast($last as date)
    and (cast($items as varchar[]) is null or item_id in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or location_id in (select unnest(cast($places as varchar[]))))
order by counted_on, location_id, item_id, batch_id
