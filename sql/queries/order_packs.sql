-- In which quantities articles are ordered.
-- grain: sku
-- sku: article, code
-- pack_qty: pieces in a pack, empty where nobody said, qty
-- min_order_qty: least quantity of an order, empty where nobody said, qty
select
    sku,
    pack_qty,
    min_order_qty
from marts.order_packs
