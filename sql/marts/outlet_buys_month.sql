-- Outlets that bought from a dealer in a month.
-- grain: month, dealer_id, outlet_id
-- month: first day of the month, month
-- dealer_id: dealer who sold, code
-- outlet_id: outlet that bought, code
-- qty: quantity, qty
select
    cast(date_trunc('month', sold_on) as date) as month,
    dealer_id,
    outlet_id,
    sum(qty) as qty
from staging.stg_dealer_sales
where outlet_id is not null
group by cast(date_trunc('month', sold_on) as date), dealer_id, outlet_id
order by month, dealer_id, outlet_id
