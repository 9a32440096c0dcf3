-- Visits to outlets, with the dealer who serves the outlet.
-- grain: visited_on, outlet_id
-- visited_on: day of the visit, day
-- outlet_id: outlet, code
-- dealer_id: dealer who serves it, empty where the outlet is not known, code
-- channel: channel of the outlet, text
-- sales_rep: who made the visit, text
-- planned: whether it was in the route plan, may be unknown, flag
-- price_seen: price on the shelf, may be unknown, money a unit
select
    visits.visited_on,
    visits.outlet_id,
    outlets.dealer_id,
    outlets.channel,
    visits.sales_rep,
    visits.planned,
    visits.price_seen
from staging.stg_visits as visits
left join staging.stg_outlets as outlets
    on visits.outlet_id = outlets.outlet_id
order by visits.visited_on, visits.outlet_id
