-- A sale names an article that is not among the products.
-- severity: error
select
    sales.sku,
    sales._source as source_id,
    sales._line as line
from marts.sales_lines as sales
left join marts.items as items
    on sales.sku = items.item_id
    and items.item_kind = 'product'
where items.item_id is null
    and exists (select 1 from staging.stg_products)  -- without a list of products nothing is unknown
