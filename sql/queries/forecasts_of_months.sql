-- The newest forecast of each article that was made before a month began, by who made it: what was known when the stock for it was ordered.
-- grain: month, source, sku
-- month: first day of the month that was forecast, month
-- source: who made it, text
-- sku: article, code
-- qty: quantity, qty
select
    month,
    source,
    sku,
    arg_max(qty, made_on) as qty
from marts.forecasts_month
where month between cast($first_month as date) and cast($last_month as date)
    and made_on < month
    and sku is not null
group by month, source, sku
