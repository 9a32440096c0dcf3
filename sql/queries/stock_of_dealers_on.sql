-- Stock at dealers and their customers by article on a day: the newest count of each place until then, at our cost.
-- grain: location_id, item_id
-- location_id: place, code
-- dealer_id: dealer who owns it, empty where nobody said, code
-- item_id: article, code
-- counted_on: day of the count, day
-- stock_value: on hand at cost, money
with newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
    group by location_id
)

select
    stock.location_id,
    locations.dealer_id,
    stock.item_id,
    stock.counted_on,
    stock.stock_value
from marts.stock_day as stock
inner join newest_counts
    on stock.location_id = newest_counts.location_id
    and stock.counted_on = newest_counts.counted_on
inner join marts.locations as locations
    on stock.location_id = locations.location_id
where not locations.is_own
order by stock.location_id, stock.item_id
