-- Stock rows as loaded: the newest count of each place until a day.
-- grain: source_id, line
-- item_id: article or material, code
-- location_id: place, code
-- counted_on: day of the count, day
-- batch_id: batch, code
-- on_hand_qty: quantity on hand, qty
-- unit_cost: cost of one unit, may be unknown, money a unit
-- source_id: load that brought the row, number
-- line: line in its file, number
with newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from main.stock
    where counted_on <= cast($as_of as date)
    group by location_id
)

select
    stock.item_id,
    stock.location_id,
    stock.counted_on,
    stock.batch_id,
    stock.on_hand_qty,
    stock.unit_cost,
    stock._source as source_id,
    stock._line as line
from main.stock as stock
inner join newest_counts
    on stock.location_id = newest_counts.location_id
    and stock.counted_on = newest_counts.counted_on
inner join marts.locations as locations
    on stock.location_id = locations.location_id
where (cast($items as varchar[]) is null or stock.item_id in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or stock.location_id in (select unnest(cast($places as varchar[]))))
    and (not cast($own_only as boolean) or locations.is_own)
order by stock._source, stock._line
