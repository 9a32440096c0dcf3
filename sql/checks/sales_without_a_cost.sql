-- Sales lines without a cost of their own; quantity at the article's cost stands in.
-- severity: tell
select
    month,
    sku,
    sum(lines_without_cost) as lines_without_cost
from marts.sales_item_month
where lines_without_cost > 0
group by month, sku
