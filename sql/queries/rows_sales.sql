-- Sales as loaded, between two days, by article, place and file: what a figure is recomputed from.
-- grain: sku, location_id, source_id
-- sku: article, code
-- location_id: place that shipped, may be unknown, code
-- source_id: load that brought the rows, number
-- row_count: rows, count
-- first_day: earliest day, day
-- last_day: latest day, day
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods; a row without one: quantity at the article's cost, money
-- rows_without_cost: rows without a cost of their own, count
select
    sales.sku,
    sales.location_id,
    sales._source as source_id,
    count(*) as row_count,
    min(sales.shipped_on) as first_day,
    max(sales.shipped_on) as last_day,
    sum(sales.qty) as qty,
    sum(sales.net_value) as net_value,
    sum(coalesce(sales.cost_value, sales.qty * products.unit_cost)) as cost_value,
    count(*) filter (where sales.cost_value is null) as rows_without_cost
from main.sales as sales
left join main.products as products
    on sales.sku = products.sku
where sales.shipped_on between cast($first as date) and cast($last as date)
    and (cast($items as varchar[]) is null or sales.sku in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or coalesce(sales.location_id, '') in (select unnest(cast($places as varchar[]))))
    and (cast($dealers as varchar[]) is null or sales.dealer_id in (select unnest(cast($dealers as varchar[]))))
group by sales.sku, sales.location_id, sales._source
order by sales.sku, sales.location_id, sales._source
