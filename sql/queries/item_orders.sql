-- What dealers have ordered of an article and not yet received.
-- grain: sku
-- sku: article, code
-- open_qty: ordered and not yet shipped, qty
-- first_promised_on: earliest promised day, day
select
    sku,
    open_qty,
    first_promised_on
from marts.open_orders_item
where sku = cast($sku as varchar)
