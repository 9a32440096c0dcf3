-- Our own stock on a day, lot by lot: the newest count of each place until then.
-- grain: location_id, item_id, batch_id, condition, purpose, came_on
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- condition: good, damaged or expired, text
-- purpose: why it was bought early, text
-- came_on: first day on which any of our places received it, empty where nobody said, day
-- counted_on: day of the count, day
-- qty: quantity on hand, qty
-- value: on hand at cost, money
with newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
    group by location_id
)

select
    lots.location_id,
    lots.item_id,
    lots.batch_id,
    lots.condition,
    lots.purpose,
    lots.came_on,
    lots.counted_on,
    sum(lots.qty) as qty,
    sum(lots.value) as value
from marts.stock_lots_day as lots
inner join newest_counts
    on lots.location_id = newest_counts.location_id
    and lots.counted_on = newest_counts.counted_on
where cast($places as varchar[]) is null
    or lots.location_id in (select unnest(cast($places as varchar[])))
group by lots.location_id, lots.item_id, lots.batch_id, lots.condition, lots.purpose, lots.came_on, lots.counted_on
order by lots.item_id, lots.location_id, lots.came_on, lots.batch_id
