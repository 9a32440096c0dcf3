-- Places for which somebody counts the days in stock.
-- grain: location_id
-- location_id: place, code
-- month_count: months that are reported, count
select
    location_id,
    count(distinct month) as month_count
from marts.availability_month
group by location_id
order by location_id
