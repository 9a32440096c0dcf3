-- What was sold of each article from $first to $last, returns deducted.
-- grain: sku
-- sku: article, code
-- qty: quantity, qty
-- net_value: net sales, money
select
    sku,
    sum(qty) as qty,
    sum(net_value) as net_value
from marts.sales_item_day
where shipped_on between cast($first as date) and cast($last as date)
group by sku
order by sku
