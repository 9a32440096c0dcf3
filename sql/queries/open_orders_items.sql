-- What is ordered and not yet shipped, by article.
-- grain: sku
-- sku: article, code
-- open_qty: ordered and not yet shipped, qty
select
    sku,
    open_qty
from marts.open_orders_item
