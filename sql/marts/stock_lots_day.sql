-- Our own stock on the days on which a place was counted, lot by lot, at cost.
-- A row without a cost takes the item's newest one of that day, else the cost of the master data; without a condition it is good.
-- grain: _source, _line
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- condition: good, damaged or expired, text
-- purpose: why it was bought early, text
-- received_on: day of receipt by the row itself, day
-- came_on: first day on which any of our places received the batch, else the row's own day, day
-- qty: quantity on hand, qty
-- value: on hand at cost, money
-- _source: load that brought the row, number
-- _line: line in its file, number
with ours as (
    select stock.*
    from staging.stg_stock as stock
    inner join marts.locations as locations
        on stock.location_id = locations.location_id
    where locations.is_own
),

batches as (
    select
        item_id,
        batch_id,
        min(received_on) as came_on
    from ours
    where batch_id is not null
        and received_on is not null
    group by item_id, batch_id
)

select
    ours.counted_on,
    ours.location_id,
    ours.item_id,
    ours.batch_id,
    coalesce(ours.condition, 'good') as condition,
    ours.purpose,
    ours.received_on,
    coalesce(batches.came_on, ours.received_on) as came_on,
    ours.on_hand_qty as qty,
    ours.on_hand_qty * coalesce(ours.unit_cost, costs.unit_cost, items.unit_cost) as value,
    ours._source,
    ours._line
from ours
left join batches
    on ours.item_id = batches.item_id
    and ours.batch_id = batches.batch_id
left join marts.item_costs as costs
    on ours.unit_cost is null
    and ours.item_id = costs.item_id
    and ours.counted_on >= costs.valid_from
    and (costs.valid_until is null or ours.counted_on < costs.valid_until)
left join marts.items as items
    on ours.item_id = items.item_id
order by ours.counted_on, ours.location_id, ours.item_id
