-- Where each position stands in the tree from a day on; before its first version an article stands where the master data say.
-- grain: position_no, valid_from
-- position_no: number of the position, number
-- sphere: business sphere, text
-- sku: article, code
-- valid_from: first day on which it stands there, empty for what the master data say, day
-- direction: direction within the sphere, text
-- product_group: product group, text
-- line_id: product line, code
-- reason: why the tree was changed: plan, withdrawal or launch, text
with told as (
    select
        sphere,
        sku,
        valid_from,
        direction,
        product_group,
        line_id,
        reason
    from staging.stg_product_tree
    union all
    select
        sphere,
        sku,
        cast(null as date) as valid_from,
        cast(null as varchar) as direction,
        product_group,
        line_id,
        cast(null as varchar) as reason
    from staging.stg_products
)

select
    positions.position_no,
    told.sphere,
    told.sku,
    told.valid_from,
    told.direction,
    told.product_group,
    told.line_id,
    told.reason
from told
inner join marts.positions as positions
    on told.sphere = positions.sphere
    and told.sku = positions.sku
order by position_no, valid_from nulls first
