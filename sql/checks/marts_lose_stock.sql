-- Stock in the day mart does not add up to the counts that were loaded.
-- severity: error
with loaded as (
    select coalesce(sum(on_hand_qty), 0) as qty
    from staging.stg_stock
),

kept as (
    select coalesce(sum(stock_qty), 0) as qty
    from marts.stock_day
)

select
    kept.qty,
    loaded.qty as loaded_qty
from kept
cross join loaded
where abs(kept.qty - loaded.qty) > 0.000001 * (1 + abs(loaded.qty))
