-- Stock of an article at a month's end differs from the month before plus what came in less what went out.
-- severity: tell
with flows as (
    select
        cast(date_trunc('month', produced_on) as date) as month,
        sku as item_id,
        sum(qty) as qty
    from staging.stg_production
    group by cast(date_trunc('month', produced_on) as date), sku
    union all
    select
        cast(date_trunc('month', received_on) as date) as month,
        item_id,
        sum(qty) as qty
    from staging.stg_purchases
    group by cast(date_trunc('month', received_on) as date), item_id
    union all
    select
        cast(date_trunc('month', adjusted_on) as date) as month,
        item_id,
        sum(qty) as qty
    from staging.stg_adjustments
    group by cast(date_trunc('month', adjusted_on) as date), item_id
    union all
    select
        month,
        sku as item_id,
        -sum(qty) as qty
    from marts.sales_item_month
    group by month, sku
),

made_or_bought as (
    select distinct sku as item_id
    from staging.stg_production
    union
    select distinct item_id
    from staging.stg_purchases
),

balances as (
    select
        stock.month,
        stock.item_id,
        sum(stock.stock_qty) as stock_qty,
        min(stock.counted_on) as counted_on
    from marts.stock_month as stock
    inner join marts.locations as locations
        on stock.location_id = locations.location_id
    where locations.is_own
    group by stock.month, stock.item_id
),

beside_the_month_before as (
    select
        month,
        item_id,
        stock_qty,
        counted_on,
        lag(month) over (partition by item_id order by month) as month_before,
        lag(stock_qty) over (partition by item_id order by month) as stock_before,
        lag(counted_on) over (partition by item_id order by month) as counted_before
    from balances
),

-- Only months that begin and end with a count on their last day can be compared with what moved in them.
comparable as (
    select
        month,
        item_id,
        stock_qty,
        stock_before
    from beside_the_month_before
    where month_before = cast(month - interval 1 month as date)
        and counted_on = cast(month + interval 1 month - interval 1 day as date)
        and counted_before = cast(month - interval 1 day as date)
),

moved as (
    select
        month,
        item_id,
        sum(qty) as qty
    from flows
    group by month, item_id
)

select
    comparable.month,
    comparable.item_id,
    comparable.stock_before,
    coalesce(moved.qty, 0) as moved_qty,
    comparable.stock_qty
from comparable
inner join made_or_bought
    on comparable.item_id = made_or_bought.item_id
inner join marts.items as items
    on comparable.item_id = items.item_id
left join moved
    on comparable.item_id = moved.item_id
    and comparable.month = moved.month
where items.item_kind = 'product'
    and abs(comparable.stock_before + coalesce(moved.qty, 0) - comparable.stock_qty) > 0.5
