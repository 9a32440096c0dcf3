-- Articles lying at each place at the end of some months, by line.
-- grain: month, location_id, line_id
-- month: first day of the month, month
-- location_id: place, code
-- line_id: product line, may be unknown, code
-- counted_on: day of the count that stands for the month's end, day
-- stock_qty: quantity on hand, qty
-- stock_value: at cost, money
select
    month,
    location_id,
    line_id,
    counted_on,
    stock_qty,
    stock_value
from marts.channel_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($lines as varchar[]) is null or line_id in (select unnest(cast($lines as varchar[]))))
order by month, location_id, line_id
