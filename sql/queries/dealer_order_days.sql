-- The days on which dealers ordered between two days.
-- grain: dealer_id, ordered_on
-- dealer_id: dealer, code
-- ordered_on: day of the order, day
-- line_count: order lines, count
-- qty: ordered quantity, qty
select
    dealer_id,
    ordered_on,
    line_count,
    qty
from marts.dealer_order_days
where ordered_on between cast($first as date) and cast($last as date)
order by dealer_id, ordered_on
