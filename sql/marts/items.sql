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
with products as (
    select
        sku as item_id,
        'product' as item_kind,
        product_name as item_name,
        sphere,
        product_group,
        line_id,
        line_name,
        unit,
        unit_cost,
        list_price,
        catalogue_on,
        withdrawn_on
    from staging.stg_products
),

materials as (
    select
        materials.material_id as item_id,
        'material' as item_kind,
        materials.material_name as item_name,
        cast(null as varchar) as sphere,
        cast(null as varchar) as product_group,
        cast(null as varchar) as line_id,
        cast(null as varchar) as line_name,
        materials.unit,
        materials.unit_cost,
        cast(null as double) as list_price,
        cast(null as date) as catalogue_on,
        materials.withdrawn_on
    from staging.stg_materials as materials
    left join products
        on materials.material_id = products.item_id
    where products.item_id is null
),

items as (
    select * from products
    union all
    select * from materials
)

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
from items
order by item_id
