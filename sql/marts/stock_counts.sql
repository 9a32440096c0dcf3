-- The days on which each place was counted, whole.
-- grain: location_id, counted_on
-- location_id: place, code
-- counted_on: day of the count, day
-- item_count: items that were counted, count
select
    location_id,
    counted_on,
    count(*) as item_count
from marts.stock_day
group by location_id, counted_on
order by counted_on, location_id
