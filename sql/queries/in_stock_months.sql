-- On how many days of a month each article was in stock, over all our own places.
-- grain: month, sku
-- month: first day of the month, month
-- sku: article, code
-- working_days: working days of the month times places, days
-- in_stock_days: of these the days with stock, days
select
    availability.month,
    availability.sku,
    sum(availability.working_days) as working_days,
    sum(availability.in_stock_days) as in_stock_days
from marts.availability_month as availability
inner join marts.locations as places
    on availability.location_id = places.location_id
where places.is_own
    and availability.month between cast($first_month as date) and cast($last_month as date)
group by availability.month, availability.sku
order by availability.month, availability.sku
