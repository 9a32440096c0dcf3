-- The months at whose end a stock is kept.
-- grain: month
-- month: first day of the month, month
select distinct month
from marts.stock_month
order by month
