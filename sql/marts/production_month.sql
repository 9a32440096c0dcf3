-- What was finished by month.
-- grain: month, sku
-- month: month, by its first day, month
-- sku: article, code
-- qty: quantity finished, qty
select
    cast(date_trunc('month', produced_on) as date) as month,
    sku,
    sum(qty) as qty
from staging.stg_production
group by cast(date_trunc('month', produced_on) as date), sku
order by month, sku
