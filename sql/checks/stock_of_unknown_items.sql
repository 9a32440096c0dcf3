-- A count names an item that is neither a product nor a material.
-- severity: error
select
    stock.item_id,
    count(*) as row_count
from marts.stock_day as stock
left join marts.items as items
    on stock.item_id = items.item_id
where items.item_id is null
    and exists (select 1 from staging.stg_products)  -- without a list of products nothing is unknown
group by stock.item_id
