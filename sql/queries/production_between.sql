-- What was finished in some months.
-- grain: month, sku
-- month: month, by its first day, month
-- sku: article, code
-- qty: quantity finished, qty
select
    month,
    sku,
    qty
from marts.production_month
where month between cast($first_month as date) and cast($last_month as date)
