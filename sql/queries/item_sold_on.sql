-- What dealers sold on of an article, by month.
-- grain: month
-- month: first day of the month, month
-- qty: quantity sold on, qty
select
    month,
    sum(qty) as qty
from marts.dealer_sales_month
where sku = cast($sku as varchar)
    and month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
group by month
order by month
