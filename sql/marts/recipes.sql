-- Which materials go into one unit of an article.
-- grain: sku, material_id
-- sku: article that is made, code
-- material_id: material that goes in, or an article that is itself made, code
-- qty_per: quantity for one unit, qty a unit
select
    sku,
    material_id,
    sum(qty_per) as qty_per
from staging.stg_recipes
group by sku, material_id
order by sku, material_id
