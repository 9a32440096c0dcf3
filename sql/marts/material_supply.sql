-- Who supplies each material and how long it takes.
-- grain: material_id
-- material_id: material, code
-- supplier: supplier, text
-- lead_time_days: days from our order until it arrives, days
select
    material_id,
    supplier,
    lead_time_days
from staging.stg_materials
order by material_id
