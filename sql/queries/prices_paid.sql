-- What an article sold for, over all dealers, in whole months.
-- grain: sku
-- sku: article, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
select
    sku,
    sum(qty) as qty,
    sum(net_value) as net_value,
    sum(cost_value) as cost_value
from marts.sales_item_month
where month between cast($first_month as date) and cast($last_month as date)
group by sku
