-- Stock at cost at the end of each month: the newest count of each place until then, carried forward.
-- Months in which neither a count nor a sale falls are left out; they equal the month before.
-- grain: month, location_id, item_id
-- month: first day of the month, month
-- location_id: place, code
-- item_id: article or material, code
-- counted_on: day of the count that stands for the month's end, day
-- stock_qty: quantity on hand, qty
-- stock_value: on hand at cost, money
with months as (
    select distinct cast(date_trunc('month', counted_on) as date) as month
    from marts.stock_counts
    union
    select distinct month
    from marts.sales_item_month
),

newest_counts as (
    select
        months.month,
        counts.location_id,
        max(counts.counted_on) as counted_on
    from months
    inner join marts.stock_counts as counts
        on cast(date_trunc('month', counts.counted_on) as date) <= months.month
    group by months.month, counts.location_id
)

select
    newest_counts.month,
    newest_counts.location_id,
    stock.item_id,
    newest_counts.counted_on,
    stock.stock_qty,
    stock.stock_value
from newest_counts
inner join marts.stock_day as stock
    on newest_counts.location_id = stock.location_id
    and newest_counts.counted_on = stock.counted_on
order by newest_counts.month, newest_counts.location_id, stock.item_id
