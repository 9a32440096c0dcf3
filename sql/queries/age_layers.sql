-- The layers of stock by day of receipt that were kept when the version was built, for the day of the newest stock.
-- grain: item_id, location_id, received_on
-- item_id: article or material, code
-- location_id: place of ours, code
-- received_on: first receipt into the company, empty where unknown, day
-- qty: quantity, qty
select
    item_id,
    location_id,
    received_on,
    qty
from kept.age_layers
where as_of = cast($as_of as date)
order by item_id, location_id, received_on
