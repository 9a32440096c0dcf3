-- What one unit of an item costs by the newest count of our own stock, from the day on which that changed.
-- grain: item_id, valid_from
-- item_id: article or material, code
-- valid_from: first day on which the cost holds, day
-- valid_until: day on which the next cost takes over, empty for the newest, day
-- unit_cost: cost of one unit, money a unit
select
    item_id,
    valid_from,
    valid_until,
    unit_cost
from marts.item_costs
order by item_id, valid_from
