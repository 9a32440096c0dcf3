-- Stock that can be sold at some places on a day: the newest count of each until then.
-- grain: location_id, sku
-- location_id: place, code
-- sku: article or material, code
-- counted_on: day of the count, day
-- reported_on: day on which it was told to us, day
-- on_hand_qty: sound quantity on hand, qty
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
with newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
        and location_id in (select unnest(cast($places as varchar[])))
    group by location_id
)

select
    stock.location_id,
    stock.item_id as sku,
    stock.counted_on,
    coalesce(stock.reported_on, stock.counted_on) as reported_on,
    stock.on_hand_qty,
    stock.in_transit_qty,
    stock.committed_qty
from marts.stock_sound_day as stock
inner join newest_counts
    on stock.location_id = newest_counts.location_id
    and stock.counted_on = newest_counts.counted_on
