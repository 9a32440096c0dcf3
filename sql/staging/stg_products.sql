-- Articles that we sell, as loaded.
-- grain: sku
-- sku: article, code
-- product_name: name of the article, text
-- sphere: business sphere, text
-- product_group: product group, text
-- line_id: product line, code
-- line_name: name of the line, else its code, text
-- unit_cost: cost of one unit, money a unit
-- list_price: list price of one unit, money a unit
-- unit: stock unit, text
-- catalogue_on: day of entering the catalogue, day
-- withdrawn_on: day of withdrawal, day
-- safety_stock_qty: safety stock, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sku,
    product_name,
    sphere,
    product_group,
    line_id,
    coalesce(line_name, line_id) as line_name,
    cast(unit_cost as double) as unit_cost,
    cast(list_price as double) as list_price,
    unit,
    cast(catalogue_on as date) as catalogue_on,
    cast(withdrawn_on as date) as withdrawn_on,
    cast(safety_stock_qty as double) as safety_stock_qty,
    _source,
    _line
from main.products
