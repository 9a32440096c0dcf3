-- What was shipped of each article from each place in a month, and on how many working days it was there to be shipped.
-- grain: month, sku, location_id
-- month: first day of the month, month
-- sku: article, code
-- location_id: place of ours that shipped, empty where a sale names none, code
-- qty: quantity, returns negative, empty where nothing was sold, qty
-- working_days: working days of the month, empty where nobody counted, days
-- in_stock_days: of these the days in stock, days
with available as (
    select
        availability.month,
        availability.sku,
        availability.location_id,
        availability.working_days,
        availability.in_stock_days
    from marts.availability_month as availability
    inner join marts.locations as locations
        on availability.location_id = locations.location_id
    where locations.is_own
)

select
    coalesce(sales.month, available.month) as month,
    coalesce(sales.sku, available.sku) as sku,
    coalesce(sales.location_id, available.location_id) as location_id,
    sales.qty,
    available.working_days,
    available.in_stock_days
from marts.sales_item_month as sales
full outer join available
    on sales.month = available.month
    and sales.sku = available.sku
    and sales.location_id = available.location_id
order by month, sku, location_id
