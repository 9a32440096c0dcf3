-- Outlets that bought anything new from a dealer in some months: an article that came into the catalogue within so many days before the month ended.
-- grain: month, dealer_id, outlet_id
-- month: first day of the month, month
-- dealer_id: dealer who sold, code
-- outlet_id: outlet that bought, code
select distinct
    month,
    dealer_id,
    outlet_id
from marts.outlet_new_products_month
where qty > 0
    and month between cast($first_month as date) and cast($last_month as date)
    and month - catalogue_on <= cast($new_days as integer)
order by month, dealer_id, outlet_id
