-- What dealers ordered, by month of the order.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- lines: order lines, count
-- qty: quantity ordered, qty
select
    cast(date_trunc('month', ordered_on) as date) as month,
    dealer_id,
    count(*) as lines,
    sum(qty) as qty
from staging.stg_orders
group by cast(date_trunc('month', ordered_on) as date), dealer_id
order by month, dealer_id
