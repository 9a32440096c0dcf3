-- Stock at cost on the days on which a place was counted, over batches and conditions.
-- A row without a cost takes the item's newest one of that day, else the cost of the master data.
-- grain: counted_on, location_id, item_id
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- stock_qty: quantity on hand, qty
-- stock_value: on hand at cost, money
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
-- rows_without_cost: rows whose cost came from elsewhere, count
with costed as (
    select
        counted_on,
        location_id,
        item_id,
        on_hand_qty,
        on_hand_qty * unit_cost as value,
        in_transit_qty,
        committed_qty,
        0 as lacks_cost
    from staging.stg_stock
    where unit_cost is not null
),

uncosted as (
    select
        stock.counted_on,
        stock.location_id,
        stock.item_id,
        stock.on_hand_qty,
        stock.on_hand_qty * coalesce(costs.unit_cost, items.unit_cost) as value,
        stock.in_transit_qty,
        stock.committed_qty,
        1 as lacks_cost
    from staging.stg_stock as stock
    left join marts.item_costs as costs
        on stock.item_id = costs.item_id
        and stock.counted_on >= costs.valid_from
        and (costs.valid_until is null or stock.counted_on < costs.valid_until)
    left join marts.items as items
        on stock.item_id = items.item_id
    where stock.unit_cost is null
),

counts as (
    select * from costed
    union all
    select * from uncosted
)

select
    counted_on,
    location_id,
    item_id,
    sum(on_hand_qty) as stock_qty,
    sum(value) as stock_value,
    sum(in_transit_qty) as in_transit_qty,
    sum(committed_qty) as committed_qty,
    cast(sum(lacks_cost) as bigint) as rows_without_cost
from counts
group by counted_on, location_id, item_id
order by counted_on, location_id, item_id
