-- Counted positions of our own places, with the cost of one unit on that day.
-- grain: counted_on, location_id, item_id, batch_id
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- book_qty: quantity by the books, qty
-- counted_qty: quantity found, qty
-- unit_cost: the item's newest cost of that day, else that of the master data, money a unit
-- cause: why there is a difference, text
-- responsible: who answers for it, text
select
    counts.counted_on,
    counts.location_id,
    counts.item_id,
    counts.batch_id,
    counts.book_qty,
    counts.counted_qty,
    coalesce(costs.unit_cost, items.unit_cost) as unit_cost,
    counts.cause,
    counts.responsible
from staging.stg_stocktakes as counts
left join marts.locations as locations
    on counts.location_id = locations.location_id
left join marts.item_costs as costs
    on counts.item_id = costs.item_id
    and counts.counted_on >= costs.valid_from
    and (costs.valid_until is null or counts.counted_on < costs.valid_until)
left join marts.items as items
    on counts.item_id = items.item_id
where coalesce(locations.is_own, true)
order by counts.counted_on, counts.location_id, counts.item_id
