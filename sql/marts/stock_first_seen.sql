-- The first day on which a count of a place shows some of an item.
-- grain: item_id, location_id
-- item_id: article or material, code
-- location_id: place, code
-- seen_on: first count that holds some of it, day
select
    item_id,
    location_id,
    min(counted_on) as seen_on
from marts.stock_day
where stock_qty > 0
group by item_id, location_id
order by item_id, location_id
