-- Sales of whole months by position, in some areas of dealers.
-- grain: month, position_no
-- month: first day of the month, month
-- position_no: number of the position, number
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
select
    month,
    position_no,
    sum(qty) as qty,
    sum(net_value) as net_value,
    sum(cost_value) as cost_value
from marts.sales_position_area_month
where month between cast($first_month as date) and cast($last_month as date)
    and area_no in (select unnest(cast($areas as integer[])))
group by all
