-- What serving a dealer costs us, by month.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
-- amount: amount over all items, money
select
    dealer_id,
    month,
    sum(amount) as amount
from staging.stg_cost_to_serve
group by dealer_id, month
order by dealer_id, month
