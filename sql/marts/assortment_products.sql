-- What the assortment needs to know of an article.
-- grain: sku
-- sku: article, code
-- product_name: name of the article, text
-- line_id: its own product line, code
-- line_name: name of that line, text
-- made_by: own, own_to_order, third_party, may be empty, text
-- is_innovation: whether it is new and not only one more of a line, may be empty, flag
-- life_cycle: stage of life that somebody filled in, may be empty, text
-- catalogue_on: day of entering the catalogue, day
-- withdrawn_on: day of withdrawal, day
-- list_price: list price of one unit, money a unit
select
    sku,
    product_name,
    line_id,
    line_name,
    made_by,
    is_innovation,
    life_cycle,
    catalogue_on,
    withdrawn_on,
    list_price
from staging.stg_products
order by sku
