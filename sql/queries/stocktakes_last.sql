-- When each item was last counted in each place, up to a day.
-- grain: location_id, item_id
-- location_id: place, code
-- item_id: article or material, code
-- last_counted_on: day of the newest count of any of its batches, day
select
    location_id,
    item_id,
    max(counted_on) as last_counted_on
from marts.stocktakes
where counted_on <= cast($as_of as date)
group by location_id, item_id
order by location_id, item_id
