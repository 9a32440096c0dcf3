-- A code stands for an article and for a material; it is counted as an article.
-- severity: tell
select products.sku
from staging.stg_products as products
inner join staging.stg_materials as materials
    on products.sku = materials.material_id
