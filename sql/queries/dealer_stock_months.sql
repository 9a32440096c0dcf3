-- Stock that dealers reported in some months, and what of it is old.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- counted_on: day of the last count, day
-- reported_on: day on which the last report came, empty where nobody said, day
-- stock_value: stock at the article's unit cost, money
-- older_3_value: of it not delivered in 3 months, money
-- older_6_value: of it not delivered in 6 months, money
-- older_9_value: of it not delivered in 9 months, money
-- older_12_value: of it not delivered in 12 months, money
select
    month,
    dealer_id,
    counted_on,
    reported_on,
    stock_value,
    older_3_value,
    older_6_value,
    older_9_value,
    older_12_value
from marts.dealer_stock_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id
