-- Which materials go into one unit of an article, as loaded.
-- grain: sku, material_id
-- sku: article that is made, code
-- material_id: material that goes in, or an article that is itself made, code
-- qty_per: quantity for one unit, qty a unit
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sku,
    material_id,
    cast(qty_per as double) as qty_per,
    _source,
    _line
from main.recipes
