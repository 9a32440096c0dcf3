-- Materials that products are made of, as loaded.
-- grain: material_id
-- material_id: material, code
-- material_name: name of the material, text
-- unit_cost: cost of one unit, money a unit
-- unit: stock unit, text
-- supplier: supplier, text
-- lead_time_days: days from our order until it arrives, days
-- withdrawn_on: day from which it is no longer bought, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    material_id,
    material_name,
    cast(unit_cost as double) as unit_cost,
    unit,
    supplier,
    cast(lead_time_days as double) as lead_time_days,
    cast(withdrawn_on as date) as withdrawn_on,
    _source,
    _line
from main.materials
