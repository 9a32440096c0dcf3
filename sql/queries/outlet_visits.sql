-- Visits to outlets between two days.
-- grain: visited_on, outlet_id
-- visited_on: day of the visit, day
-- outlet_id: outlet, code
-- dealer_id: dealer who serves it, code
-- channel: channel of the outlet, text
-- sales_rep: who made the visit, text
-- planned: whether it was in the route plan, may be unknown, flag
-- price_seen: price on the shelf, may be unknown, money a unit
select
    visited_on,
    outlet_id,
    dealer_id,
    channel,
    sales_rep,
    planned,
    price_seen
from marts.outlet_visits
where dealer_id is not null
    and visited_on between cast($first as date) and cast($last as date)
order by visited_on, outlet_id
