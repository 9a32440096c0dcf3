-- Working days on which a dealer had its articles in stock, by month.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- working_days: working days over articles, days
-- in_stock_days: of them with stock, days
select
    availability.month,
    locations.dealer_id,
    sum(availability.working_days) as working_days,
    sum(availability.in_stock_days) as in_stock_days
from marts.availability_month as availability
inner join marts.locations as locations
    on availability.location_id = locations.location_id
where locations.kind = 'dealer'
    and locations.dealer_id is not null
group by availability.month, locations.dealer_id
order by availability.month, locations.dealer_id
