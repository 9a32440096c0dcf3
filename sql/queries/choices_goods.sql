-- The products that can be chosen, with their place in the tree.
-- grain: sku
-- sphere: sphere of goods, text
-- product_group: group within the sphere, text
-- line_id: line within the group, code
-- line_name: name of the line, text
-- sku: product, code
-- product_name: name of the product, text
select
    sphere,
    product_group,
    line_id,
    line_name,
    item_id as sku,
    item_name as product_name
from marts.items
where item_kind = 'product'
order by
    sphere,
    product_group,
    line_id,
    item_id
