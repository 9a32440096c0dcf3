-- On which days each dealer ordered, and how much; cancelled lines do not count.
-- grain: dealer_id, ordered_on
-- dealer_id: dealer, code
-- ordered_on: day of the order, day
-- line_count: order lines, count
-- qty: ordered quantity, qty
select
    dealer_id,
    ordered_on,
    count(*) as line_count,
    sum(qty) as qty
from staging.stg_orders
where coalesce(status, 'open') <> 'cancelled'
group by dealer_id, ordered_on
order by dealer_id, ordered_on
