-- Outlets that bought from a dealer in some months.
-- grain: month, dealer_id, outlet_id
-- month: first day of the month, month
-- dealer_id: dealer who sold, code
-- outlet_id: outlet that bought, code
select
    month,
    dealer_id,
    outlet_id
from marts.outlet_buys_month
where qty > 0
    and month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id, outlet_id
