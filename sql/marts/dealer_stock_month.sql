-- Stock that dealers reported at the last count of a month, and what of it was not delivered to them in the months before.
-- An article's stock beyond what was delivered in so many months is older than that: first in, first out.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- counted_on: day of the last count, day
-- reported_on: day on which the last report came, empty where nobody said, day
-- stock_value: stock at the article's unit cost, below zero counts as nothing, money
-- older_3_value: of it not delivered in 3 months, money
-- older_6_value: of it not delivered in 6 months, money
-- older_9_value: of it not delivered in 9 months, money
-- older_12_value: of it not delivered in 12 months, money
with places as (
    select
        location_id,
        dealer_id
    from marts.locations
    where kind = 'dealer'
        and dealer_id is not null
),

last_counts as (
    select
        stock.location_id,
        cast(date_trunc('month', stock.counted_on) as date) as month,
        max(stock.counted_on) as counted_on,
        max(stock.reported_on) as reported_on
    from staging.stg_stock as stock
    inner join places
        on stock.location_id = places.location_id
    group by stock.location_id, cast(date_trunc('month', stock.counted_on) as date)
),

lying as (
    select
        last_counts.month,
        extract(year from last_counts.month) * 12 + extract(month from last_counts.month) as month_no,
        places.dealer_id,
        stock.item_id,
        sum(case when stock.stock_qty > 0 then stock.stock_qty else 0 end) as qty
    from marts.stock_day as stock
    inner join last_counts
        on stock.location_id = last_counts.location_id
        and stock.counted_on = last_counts.counted_on
    inner join places
        on stock.location_id = places.location_id
    group by last_counts.month, places.dealer_id, stock.item_id
),

delivered as (
    select
        extract(year from month) * 12 + extract(month from month) as month_no,
        dealer_id,
        sku,
        sum(qty) as qty
    from marts.sales_month
    group by extract(year from month) * 12 + extract(month from month), dealer_id, sku
),

beside as (
    select
        lying.month,
        lying.dealer_id,
        lying.item_id,
        max(lying.qty) as qty,
        coalesce(sum(case when delivered.month_no > lying.month_no - 3 then delivered.qty end), 0) as in_3_qty,
        coalesce(sum(case when delivered.month_no > lying.month_no - 6 then delivered.qty end), 0) as in_6_qty,
        coalesce(sum(case when delivered.month_no > lying.month_no - 9 then delivered.qty end), 0) as in_9_qty,
        coalesce(sum(delivered.qty), 0) as in_12_qty
    from lying
    left join delivered
        on lying.dealer_id = delivered.dealer_id
        and lying.item_id = delivered.sku
        and delivered.month_no > lying.month_no - 12
        and delivered.month_no <= lying.month_no
    group by lying.month, lying.dealer_id, lying.item_id
),

valued as (
    select
        beside.month,
        beside.dealer_id,
        sum(beside.qty * items.unit_cost) as stock_value,
        sum(greatest(beside.qty - greatest(beside.in_3_qty, 0), 0) * items.unit_cost) as older_3_value,
        sum(greatest(beside.qty - greatest(beside.in_6_qty, 0), 0) * items.unit_cost) as older_6_value,
        sum(greatest(beside.qty - greatest(beside.in_9_qty, 0), 0) * items.unit_cost) as older_9_value,
        sum(greatest(beside.qty - greatest(beside.in_12_qty, 0), 0) * items.unit_cost) as older_12_value
    from beside
    left join marts.items as items
        on beside.item_id = items.item_id
    group by beside.month, beside.dealer_id
),

days_of_reports as (
    select
        last_counts.month,
        places.dealer_id,
        max(last_counts.counted_on) as counted_on,
        max(last_counts.reported_on) as reported_on
    from last_counts
    inner join places
        on last_counts.location_id = places.location_id
    group by last_counts.month, places.dealer_id
)

select
    valued.month,
    valued.dealer_id,
    days_of_reports.counted_on,
    days_of_reports.reported_on,
    valued.stock_value,
    valued.older_3_value,
    valued.older_6_value,
    valued.older_9_value,
    valued.older_12_value
from valued
inner join days_of_reports
    on valued.month = days_of_reports.month
    and valued.dealer_id = days_of_reports.dealer_id
order by valued.month, valued.dealer_id
