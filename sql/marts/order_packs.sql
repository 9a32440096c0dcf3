-- In which quantities articles are ordered.
-- grain: sku
-- sku: article, code
-- pack_qty: pieces in a pack, empty where nobody said, qty
-- min_order_qty: least quantity of an order, empty where nobody said, qty
select
    sku,
    max(pack_qty) as pack_qty,
    max(min_order_qty) as min_order_qty
from staging.stg_products
group by sku
order by sku
