-- Materials that products are made of, as loaded.
-- grain: material_id
-- material_id: material, code
-- material_name: name of the material, text
-- unit_cost: cost of one unit, money a unit
-- unit: stock unit, text
-- supplier: supplier, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    material_id,
    material_name,
    cast(unit_cost as double) as unit_cost,
    unit,
    supplier,
    _source,
    _line
from main.materials
