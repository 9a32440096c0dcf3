-- Where each position stands in the tree from a day on, with what is known of the article.
-- grain: position_no, valid_from
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
select
    versions.position_no,
    versions.sphere,
    versions.sku,
    versions.valid_from,
    versions.direction,
    versions.product_group,
    versions.line_id,
    versions.reason,
    products.product_name,
    products.made_by,
    products.is_innovation,
    products.life_cycle,
    products.catalogue_on,
    products.withdrawn_on,
    products.list_price
from marts.tree_versions as versions
inner join marts.assortment_products as products
    on versions.sku = products.sku
order by versions.position_no, versions.valid_from nulls first
