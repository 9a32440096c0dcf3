-- Good pieces by day of receipt at the last two counts of each of our places, where something of an item left a place.
-- grain: location_id, item_id, received_on
-- location_id: place, code
-- item_id: article or material, code
-- received_on: first day on which any of our places received them, empty where nobody said, day
-- counted_before_on: day of the earlier count, day
-- counted_after_on: day of the later count, day
-- before_qty: pieces at the earlier count, qty
-- after_qty: pieces at the later count, qty
-- value: both counts at cost, money
-- qty: both counts, qty
with counts as (
    select
        location_id,
        counted_on,
        lag(counted_on) over (partition by location_id order by counted_on) as before_on,
        row_number() over (partition by location_id order by counted_on desc) as newest
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
),

pairs as (
    select
        location_id,
        before_on,
        counted_on as after_on
    from counts
    where newest = 1
        and before_on is not null
        and (cast($places as varchar[]) is null or location_id in (select unnest(cast($places as varchar[]))))
),

days as (
    select
        lots.location_id,
        lots.item_id,
        lots.came_on as received_on,
        pairs.before_on,
        pairs.after_on,
        sum(case when lots.counted_on = pairs.before_on then lots.qty else 0 end) as before_qty,
        sum(case when lots.counted_on = pairs.after_on then lots.qty else 0 end) as after_qty,
        sum(lots.value) as value,
        sum(lots.qty) as qty
    from marts.stock_lots_day as lots
    inner join pairs
        on lots.location_id = pairs.location_id
        and lots.counted_on in (pairs.before_on, pairs.after_on)
    where lots.condition = 'good'
        and (cast($items as varchar[]) is null or lots.item_id in (select unnest(cast($items as varchar[]))))
    group by lots.location_id, lots.item_id, lots.came_on, pairs.before_on, pairs.after_on
)

select
    location_id,
    item_id,
    received_on,
    before_on as counted_before_on,
    after_on as counted_after_on,
    before_qty,
    after_qty,
    value,
    qty
from days
qualify max(before_qty - after_qty) over (partition by location_id, item_id) > 0
order by location_id, item_id, received_on
