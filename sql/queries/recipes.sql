-- Which materials go into one unit of each article that is made.
-- grain: sku, material_id
-- sku: article that is made, code
-- material_id: material that goes in, or an article that is itself made, code
-- qty_per: quantity for one unit, qty a unit
select
    sku,
    material_id,
    qty_per
from marts.recipes
order by sku, material_id
