-- Sales by day, article and place, over dealers.
-- grain: shipped_on, sku, location_id
-- shipped_on: day of shipment, day
-- sku: article, code
-- location_id: place that shipped, may be unknown, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
-- lines: invoice lines, count
-- lines_without_cost: lines whose cost is quantity at the article's cost, count
select
    shipped_on,
    sku,
    location_id,
    sum(qty) as qty,
    sum(net_value) as net_value,
    sum(cost_value) as cost_value,
    cast(sum(lines) as bigint) as lines,
    cast(sum(lines_without_cost) as bigint) as lines_without_cost
from marts.sales_area_day
group by shipped_on, sku, location_id
order by shipped_on
