-- Of each product who makes it.
-- grain: sku
-- sku: article, code
-- made_by: own, own_to_order, third_party, or empty, text
select
    sku,
    made_by
from marts.item_makers
