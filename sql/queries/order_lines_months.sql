-- What dealers ordered in some months.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- lines: order lines, count
-- qty: quantity ordered, qty
select
    month,
    dealer_id,
    lines,
    qty
from marts.order_lines_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by month, dealer_id
