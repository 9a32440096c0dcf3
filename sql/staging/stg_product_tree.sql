-- Where each product stands in the tree, by sphere and from which day, as loaded.
-- grain: _source, _line
-- sku: article, code
-- sphere: business sphere, text
-- valid_from: first day on which it stands there, day
-- product_group: product group, text
-- line_id: product line, code
-- direction: direction within the sphere, may be empty, text
-- reason: plan, withdrawal or launch, may be empty, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sku,
    sphere,
    cast(valid_from as date) as valid_from,
    product_group,
    line_id,
    direction,
    reason,
    _source,
    _line
from main.product_tree
