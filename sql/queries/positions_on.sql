-- Where each position stands in the tree on a day, with what is known of the article and the first month in which it was sold.
-- grain: position_no
-- position_no: number of the position, number
-- sphere: business sphere, text
-- sku: article, code
-- valid_from: first day on which it stands there, empty for what the master data say, day
-- direction: direction within the sphere, text
-- product_group: product group, text
-- line_id: product line, code
-- reason: why the tree was changed: plan, withdrawal or launch, text
-- product_name: name of the article, text
-- made_by: own, own_to_order, third_party, may be empty, text
-- is_innovation: whether it is new and not only one more of a line, may be empty, flag
-- life_cycle: stage of life that somebody filled in, may be empty, text
-- catalogue_on: day of entering the catalogue, day
-- withdrawn_on: day of withdrawal, day
-- list_price: list price of one unit, money a unit
-- line_name: name of the line, text
-- first_month: first month with sales, empty where there is none until that day, month
with newest as (
    select
        position_no,
        max(valid_from) as valid_from
    from marts.tree_versions
    where valid_from is null
        or valid_from <= cast($as_of as date)
    group by position_no
),

standing as (
    select versions.*
    from marts.tree_versions as versions
    inner join newest
        on versions.position_no = newest.position_no
        and versions.valid_from is not distinct from newest.valid_from
),

line_names as (
    select
        line_id,
        max(line_name) as line_name
    from marts.assortment_products
    group by line_id
)

select
    standing.position_no,
    standing.sphere,
    standing.sku,
    standing.valid_from,
    standing.direction,
    standing.product_group,
    standing.line_id,
    standing.reason,
    products.product_name,
    products.made_by,
    products.is_innovation,
    products.life_cycle,
    products.catalogue_on,
    products.withdrawn_on,
    products.list_price,
    coalesce(line_names.line_name, standing.line_id) as line_name,
    case when sold.first_month <= cast($as_of as date) then sold.first_month end as first_month
from standing
inner join marts.assortment_products as products
    on standing.sku = products.sku
left join line_names
    on standing.line_id = line_names.line_id
left join marts.positions_sold as sold
    on standing.position_no = sold.position_no
order by standing.position_no
