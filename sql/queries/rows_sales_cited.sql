-- Sales rows as loaded, between two days, one by one, the first of them: the rows that an explanation cites.
-- grain: source_id, line
-- source_id: load that brought the row, number
-- line: line in its file, number
-- day: day of the shipment, day
-- item_id: article, code
-- location_id: place that shipped, may be unknown, code
-- dealer_id: dealer, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods; a row without one: quantity at the article's cost, money
-- row_count: how many rows there are in all, count
select
    sales._source as source_id,
    sales._line as line,
    sales.shipped_on as day,
    sales.sku as item_id,
    sales.location_id,
    sales.dealer_id,
    sales.qty,
    sales.net_value,
    coalesce(sales.cost_value, sales.qty * products.unit_cost) as cost_value,
    count(*) over () as row_count
from main.sales as sales
left join main.products as products
    on sales.sku = products.sku
where sales.shipped_on between cast($first as date) and cast($last as date)
    and (cast($items as varchar[]) is null or sales.sku in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or coalesce(sales.location_id, '') in (select unnest(cast($places as varchar[]))))
    and (cast($dealers as varchar[]) is null or sales.dealer_id in (select unnest(cast($dealers as varchar[]))))
order by sales._source, sales._line
limit cast($most as bigint)
