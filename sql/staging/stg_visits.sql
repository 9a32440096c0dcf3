-- Visits to outlets, as loaded.
-- grain: visited_on, outlet_id
-- visited_on: day of the visit, day
-- outlet_id: outlet, code
-- sales_rep: who made it, text
-- planned: whether it was in the route plan, may be unknown, flag
-- price_seen: price on the shelf, may be unknown, money a unit
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(visited_on as date) as visited_on,
    outlet_id,
    sales_rep,
    planned,
    cast(price_seen as double) as price_seen,
    _source,
    _line
from main.visits
