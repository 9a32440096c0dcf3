-- Everything that can lie in stock: articles and materials, with the tree they stand in.
-- grain: item_id
-- item_id: article or material, code
-- item_kind: product or material, text
-- item_name: its name, text
-- sphere: business sphere, empty for materials, text
-- product_group: product group, empty for materials, text
-- line_id: product line, empty for materials, code
-- line_name: name of the line, text
-- unit: stock unit, text
-- unit_cost: cost of one unit by the master data, money a unit
-- list_price: list price of one unit, money a unit
-- catalogue_on: day of entering the catalogue, day
-- withdrawn_on: day of withdrawal, day
select
    item_id,
    item_kind,
    item_name,
    sphere,
    product_group,
    line_id,
    line_name,
    unit,
    unit_cost,
    list_price,
    catalogue_on,
    withdrawn_on
from marts.items
order by item_id
