-- Sales in the month marts do not add up to the sales that were loaded.
-- severity: error
with loaded as (
    select
        coalesce(sum(qty), 0) as qty,
        coalesce(sum(net_value), 0) as net_value,
        count(*) as lines
    from staging.stg_sales
),

by_item as (
    select
        coalesce(sum(qty), 0) as qty,
        coalesce(sum(net_value), 0) as net_value,
        coalesce(sum(lines), 0) as lines
    from marts.sales_item_month
),

by_dealer as (
    select
        coalesce(sum(qty), 0) as qty,
        coalesce(sum(net_value), 0) as net_value,
        coalesce(sum(lines), 0) as lines
    from marts.sales_month
),

summed as (
    select * from by_item
    union all
    select * from by_dealer
)

select
    summed.lines,
    loaded.lines as loaded_lines,
    summed.net_value,
    loaded.net_value as loaded_net_value
from summed
cross join loaded
where summed.lines <> loaded.lines
    or abs(summed.qty - loaded.qty) > 0.000001 * (1 + abs(loaded.qty))
    or abs(summed.net_value - loaded.net_value) > 0.000001 * (1 + abs(loaded.net_value))
