-- Positions of the assortment: every article in its own sphere and in each sphere in which the tree ever had it.
-- grain: position_no
-- position_no: number of the position, in order of sphere and article, number
-- sphere: business sphere, text
-- sku: article, code
-- is_home: whether it is the article's own sphere, by the master data, flag
with standing as (
    select
        sku,
        sphere,
        1 as home
    from staging.stg_products
    union all
    select
        tree.sku,
        tree.sphere,
        0 as home
    from staging.stg_product_tree as tree
    inner join staging.stg_products as products
        on tree.sku = products.sku
),

positions as (
    select
        sphere,
        sku,
        max(home) as home
    from standing
    group by sphere, sku
)

select
    cast(row_number() over (order by sphere, sku) - 1 as integer) as position_no,
    sphere,
    sku,
    home = 1 as is_home
from positions
order by position_no
