-- What one unit of an item costs by the newest count of our own stock, from the day on which that changed.
-- The newest row of a day decides: the last receipt, then the highest batch.
-- grain: item_id, valid_from
-- item_id: article or material, code
-- valid_from: first day on which the cost holds, day
-- valid_until: day on which the next cost takes over, empty for the newest, day
-- unit_cost: cost of one unit, money a unit
with costed as (
    select
        stock.item_id,
        stock.counted_on,
        stock.received_on,
        stock.batch_id,
        stock.unit_cost,
        stock._source,
        stock._line
    from staging.stg_stock as stock
    inner join marts.locations as locations
        on stock.location_id = locations.location_id
    where locations.is_own
        and stock.unit_cost is not null
),

newest_of_day as (
    select
        item_id,
        counted_on,
        unit_cost
    from costed
    qualify row_number() over (
        partition by item_id, counted_on
        order by received_on desc nulls last, batch_id desc nulls last, _source desc, _line desc
    ) = 1
),

beside_the_day_before as (
    select
        item_id,
        counted_on,
        unit_cost,
        lag(unit_cost) over (partition by item_id order by counted_on) as cost_before
    from newest_of_day
),

changes as (
    select
        item_id,
        counted_on,
        unit_cost
    from beside_the_day_before
    where cost_before is null
        or cost_before <> unit_cost
)

select
    item_id,
    counted_on as valid_from,
    lead(counted_on) over (partition by item_id order by counted_on) as valid_until,
    unit_cost
from changes
order by item_id, valid_from
