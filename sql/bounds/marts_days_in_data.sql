-- From which day to which day the company's flows and counts reach; how many rows there are is nobody's but the company's.
-- grain: what
-- what: sales, placed_sales, uncosted_sales, stock, uncosted_stock, dealer_sales or forecasts, text
-- first_day: first day, day
-- last_day: last day, day
-- row_count: always 0, count
select
    what,
    first_day,
    last_day,
    cast(0 as bigint) as row_count
from whole.marts.days_in_data
