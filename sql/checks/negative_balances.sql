-- Stock of an item at one of our places is below zero in its newest count.
-- severity: tell
with newest_counts as (
    select
        counts.location_id,
        max(counts.counted_on) as counted_on
    from marts.stock_counts as counts
    inner join marts.locations as locations
        on counts.location_id = locations.location_id
    where locations.is_own
    group by counts.location_id
)

select
    stock.counted_on,
    stock.location_id,
    stock.item_id,
    stock.stock_qty,
    stock.stock_value
from marts.stock_day as stock
inner join newest_counts
    on stock.location_id = newest_counts.location_id
    and stock.counted_on = newest_counts.counted_on
where stock.stock_qty < 0
