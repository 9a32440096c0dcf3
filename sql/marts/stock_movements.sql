-- What moved our stock, by item, place and day: what came in, went out, came back, moved between our places, or was found by a count.
-- A receipt that names no place goes to our only place, else to our only plant; a sale that names none leaves our only place, else it is
-- not placed and left out: the counts say it. What production uses up leaves the place that produced.
-- grain: item_id, location_id, to_location_id, moved_on, kind
-- item_id: article or material, code
-- location_id: place of ours, code
-- to_location_id: place of ours that it moved to, empty for all but moves, code
-- moved_on: day, day
-- kind: in, out (below zero where it came back), move or count, text
-- qty: quantity, qty
with ours as (
    select
        location_id,
        kind
    from marts.locations
    where is_own
),

homes as (
    select
        case when count(*) = 1 then min(location_id) end as only_place,
        case when count(*) filter (where kind = 'plant') = 1 then min(location_id) filter (where kind = 'plant') end as only_plant
    from ours
),

moved as (
    select
        transfers.item_id,
        case when leaving.location_id is not null then leaving.location_id else reaching.location_id end as location_id,
        case when leaving.location_id is not null then reaching.location_id end as to_location_id,
        transfers.moved_on,
        case when leaving.location_id is not null and reaching.location_id is not null then 'move' else 'out' end as kind,
        case when leaving.location_id is not null then transfers.qty else -transfers.qty end as qty
    from staging.stg_transfers as transfers
    left join ours as leaving
        on transfers.from_location_id = leaving.location_id
    left join ours as reaching
        on transfers.to_location_id = reaching.location_id
    where leaving.location_id is not null
        or reaching.location_id is not null
),

received as (
    select
        purchases.item_id,
        coalesce(purchases.location_id, homes.only_place, homes.only_plant) as location_id,
        purchases.received_on as moved_on,
        purchases.qty
    from staging.stg_purchases as purchases
    cross join homes
    union all
    select
        production.sku as item_id,
        coalesce(production.location_id, homes.only_place, homes.only_plant) as location_id,
        production.produced_on as moved_on,
        production.qty
    from staging.stg_production as production
    cross join homes
),

used as (
    select
        recipes.material_id as item_id,
        coalesce(production.location_id, homes.only_place, homes.only_plant) as location_id,
        production.produced_on as moved_on,
        production.qty * recipes.qty_per as qty
    from staging.stg_production as production
    inner join staging.stg_recipes as recipes
        on production.sku = recipes.sku
    cross join homes
),

sold as (
    select
        sales.sku as item_id,
        coalesce(sales.location_id, homes.only_place) as location_id,
        sales.shipped_on as moved_on,
        sales.qty
    from marts.sales_item_day as sales
    cross join homes
),

adjusted as (
    select
        item_id,
        location_id,
        adjusted_on as moved_on,
        kind,
        qty
    from staging.stg_adjustments
),

movements as (
    select item_id, location_id, to_location_id, moved_on, kind, qty from moved
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'in', qty from received where qty > 0
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'out', -qty from received where qty < 0
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'out', qty from used
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'out', qty from sold
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'count', qty from adjusted where kind = 'count'
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'in', qty from adjusted where kind <> 'count' and qty > 0
    union all
    select item_id, location_id, cast(null as varchar), moved_on, 'out', -qty from adjusted where kind <> 'count' and qty < 0
)

select
    movements.item_id,
    movements.location_id,
    movements.to_location_id,
    movements.moved_on,
    movements.kind,
    sum(movements.qty) as qty
from movements
inner join ours
    on movements.location_id = ours.location_id
group by movements.item_id, movements.location_id, movements.to_location_id, movements.moved_on, movements.kind
order by movements.item_id, movements.moved_on
