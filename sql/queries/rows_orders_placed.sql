-- Order lines as loaded by the month in which they were placed, with how long before the wanted day.
-- grain: dealer_id, sku, month, days_ahead
-- dealer_id: dealer, code
-- sku: article, code
-- month: first day of the month in which the goods were wanted, else ordered, month
-- days_ahead: days from the order to the wanted day, empty where none was told, days
-- qty: quantity ordered, qty
select
    dealer_id,
    sku,
    cast(date_trunc('month', coalesce(requested_on, ordered_on)) as date) as month,
    cast(requested_on as date) - cast(ordered_on as date) as days_ahead,
    sum(cast(qty as double)) as qty
from main.orders
where coalesce(status, 'open') <> 'cancelled'
    and cast(coalesce(requested_on, ordered_on) as date) between cast($first as date) and cast($last as date)
group by
    dealer_id,
    sku,
    cast(date_trunc('month', coalesce(requested_on, ordered_on)) as date),
    cast(requested_on as date) - cast(ordered_on as date)
order by month, dealer_id, sku, days_ahead
