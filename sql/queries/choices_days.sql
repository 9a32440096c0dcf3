-- The first and last day that our sales and stock know of.
-- grain: (one row)
-- first_day: first day with a sale or a count of ours, day
-- last_day: last day with a sale or a count of ours, day
select
    min(first_day) as first_day,
    max(last_day) as last_day
from marts.days_in_data
where what in ('sales', 'stock')
