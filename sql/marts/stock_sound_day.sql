-- Stock that can be sold, on the days on which a place was counted: damaged and expired pieces are left out.
-- grain: counted_on, location_id, item_id
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- on_hand_qty: sound quantity on hand, qty
-- unsound_qty: damaged or expired quantity on hand, qty
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
-- reported_on: day on which the place told us, day
select
    counted_on,
    location_id,
    item_id,
    sum(case when coalesce(condition, 'good') = 'good' then on_hand_qty else 0 end) as on_hand_qty,
    sum(case when coalesce(condition, 'good') = 'good' then 0 else on_hand_qty end) as unsound_qty,
    sum(coalesce(in_transit_qty, 0)) as in_transit_qty,
    sum(coalesce(committed_qty, 0)) as committed_qty,
    max(reported_on) as reported_on
from staging.stg_stock
group by counted_on, location_id, item_id
order by counted_on, location_id, item_id
