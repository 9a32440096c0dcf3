-- Sales of whole months by article and place, as they lie in the mart.
-- grain: month, sku, location_id
-- month: first day of the month, month
-- sku: article, code
-- location_id: place that shipped, code
-- net_value: net sales, money
-- qty: quantity, returns negative, qty
-- cost_value: cost of the goods, money
-- lines: invoice lines, count
-- lines_without_cost: lines whose cost is quantity at the article's cost, count
select
    sales.month,
    sales.sku,
    sales.location_id,
    sales.net_value,
    sales.qty,
    sales.cost_value,
    sales.lines,
    sales.lines_without_cost
from marts.sales_item_month as sales
where sales.month between cast($first_month as date) and cast($last_month as date)
    and (cast($items as varchar[]) is null or sales.sku in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or coalesce(sales.location_id, '') in (select unnest(cast($places as varchar[]))))
