-- Sales of whole months by position.
-- grain: month, position_no
-- month: first day of the month, month
-- position_no: number of the position, number
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
select
    month,
    position_no,
    qty,
    net_value,
    cost_value
from marts.sales_position_month
where month between cast($first_month as date) and cast($last_month as date)
