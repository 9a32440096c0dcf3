-- The days on which each place was counted.
-- grain: location_id, counted_on
-- location_id: place, code
-- counted_on: day of the count, day
-- is_own: whether its stock is ours, flag
-- region: region of the place, text
-- item_count: items that were counted, count
select
    counts.location_id,
    counts.counted_on,
    locations.is_own,
    locations.region,
    counts.item_count
from marts.stock_counts as counts
inner join marts.locations as locations
    on counts.location_id = locations.location_id
order by counts.counted_on, counts.location_id
