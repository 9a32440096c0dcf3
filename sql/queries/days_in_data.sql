-- From which day to which day the flows and counts reach; rows dated after the build count for nothing while others are there.
-- grain: what
-- what: sales, placed_sales (whose lines name the place), uncosted_sales (no cost known), stock (ours), uncosted_stock (no cost known),
-- dealer_sales or forecasts, text
-- first_day: first day, day
-- last_day: last day, day
-- row_count: rows, count
select
    what,
    first_day,
    last_day,
    row_count
from marts.days_in_data
order by what
