-- From which day to which day the flows and counts reach; rows dated after the build count for nothing while others are there.
-- grain: what
-- what: sales, placed_sales (whose lines name the place), uncosted_sales (no cost known), stock (ours), uncosted_stock (no cost known),
-- dealer_sales or forecasts, text
-- first_day: first day, day
-- last_day: last day, day
-- row_count: rows, count
with days as (
    select
        'sales' as what,
        shipped_on as day,
        sum(lines) as row_count
    from marts.sales_item_day
    group by shipped_on
    union all
    select
        'placed_sales' as what,
        shipped_on as day,
        sum(lines) as row_count
    from marts.sales_item_day
    where location_id is not null
    group by shipped_on
    union all
    select
        'uncosted_sales' as what,
        shipped_on as day,
        count(*) as row_count
    from marts.sales_lines
    where cost_value is null
    group by shipped_on
    union all
    select
        'stock' as what,
        counts.counted_on as day,
        sum(counts.item_count) as row_count
    from marts.stock_counts as counts
    inner join marts.locations as locations
        on counts.location_id = locations.location_id
    where locations.is_own
    group by counts.counted_on
    union all
    select
        'uncosted_stock' as what,
        counted_on as day,
        count(*) as row_count
    from marts.stock_day
    where stock_value is null
    group by counted_on
    union all
    select
        'dealer_sales' as what,
        sold_on as day,
        count(*) as row_count
    from staging.stg_dealer_sales
    group by sold_on
    union all
    select
        'forecasts' as what,
        made_on as day,
        count(*) as row_count
    from staging.stg_forecasts
    group by made_on
)

select
    what,
    min(day) as first_day,
    coalesce(max(day) filter (where day <= current_date), max(day)) as last_day,
    cast(sum(row_count) as bigint) as row_count
from days
group by what
order by what
