-- What sales areas reported for each month, by the last forecast that they made before it.
-- grain: area, month
-- area: sales area, text
-- month: month that is forecast, month
-- qty: quantity, qty
with ranked as (
    select
        area,
        cast(date_trunc('month', month) as date) as month,
        cast(qty as double) as qty,
        rank() over (partition by area, cast(date_trunc('month', month) as date) order by made_on desc) as newest
    from main.forecasts
    where source = 'sales'
        and area is not null
        and made_on < date_trunc('month', month)
)

select
    area,
    month,
    sum(qty) as qty
from ranked
where newest = 1
    and month between cast($first_month as date) and cast($last_month as date)
group by area, month
order by month, area
