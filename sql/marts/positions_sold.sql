-- The first month in which each position was sold.
-- grain: position_no
-- position_no: number of the position, number
-- first_month: first month with sales above returns, month
select
    position_no,
    min(month) as first_month
from marts.sales_position_month
where qty > 0
group by position_no
order by position_no
