-- Working days on which dealers had their articles in stock, in some months.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- working_days: working days over articles, days
-- in_stock_days: of them with stock, days
select
    month,
    dealer_id,
    working_days,
    in_stock_days
from marts.dealer_availability_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id
