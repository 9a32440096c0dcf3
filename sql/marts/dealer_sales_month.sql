-- What dealers sold on, by month and article.
-- grain: month, sku, dealer_id
-- month: first day of the month, month
-- sku: article, code
-- dealer_id: dealer, code
-- qty: quantity, qty
-- net_value: value, unknown where no row says it, money
select
    cast(date_trunc('month', sold_on) as date) as month,
    sku,
    dealer_id,
    sum(qty) as qty,
    sum(net_value) as net_value
from staging.stg_dealer_sales
group by cast(date_trunc('month', sold_on) as date), sku, dealer_id
order by month, sku, dealer_id
