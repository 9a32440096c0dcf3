-- Sales by month and position: an article in the sphere in which it was sold.
-- grain: month, position_no
-- month: first day of the month, month
-- position_no: number of the position, number
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
select
    cast(date_trunc('month', shipped_on) as date) as month,
    position_no,
    sum(qty) as qty,
    sum(net_value) as net_value,
    sum(cost_value) as cost_value
from marts.sales_lines
where position_no is not null
group by cast(date_trunc('month', shipped_on) as date), position_no
order by month, position_no
