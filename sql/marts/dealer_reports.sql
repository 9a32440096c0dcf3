-- From when to when each dealer told us what it sold on.
-- grain: dealer_id
-- dealer_id: dealer, code
-- first_sold_on: first day that was reported, day
-- last_sold_on: last day that was reported, day
-- row_count: rows, count
select
    dealer_id,
    min(sold_on) as first_sold_on,
    max(sold_on) as last_sold_on,
    count(*) as row_count
from marts.dealer_sales_day
group by dealer_id
order by dealer_id
