-- What dealers asked for beforehand: the last request that was made before each month.
-- grain: dealer_id, sku, month
-- dealer_id: dealer, code
-- sku: article, code
-- month: month for which the goods are asked, month
-- qty: quantity asked for, qty
with ranked as (
    select
        dealer_id,
        sku,
        cast(date_trunc('month', month) as date) as month,
        cast(qty as double) as qty,
        rank() over (partition by dealer_id, cast(date_trunc('month', month) as date) order by made_on desc) as newest
    from main.requests
    where made_on < date_trunc('month', month)
)

select
    dealer_id,
    sku,
    month,
    sum(qty) as qty
from ranked
where newest = 1
    and month between cast($first_month as date) and cast($last_month as date)
group by dealer_id, sku, month
order by month, dealer_id, sku
