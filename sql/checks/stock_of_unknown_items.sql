-- A count names an item that is neither a product nor a material.
-- severity: error
select
    stock.item_id,
    stock._source as source_id,
    stock._line as line
from staging.stg_stock as stock
left join marts.items as items
    on stock.item_id = items.item_id
where items.item_id is null
    and exists (select 1 from staging.stg_products)  -- without a list of products nothing is unknown
