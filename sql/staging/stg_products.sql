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
-- withdrawn_cause: replaced, tactical, dealer_special or other, text
-- made_for_dealer_id: dealer for whom it was developed, code
-- shelf_life_days: days from receipt until it expires, days
-- safety_stock_qty: safety stock, qty
-- pack_qty: pieces in a pack, qty
-- min_order_qty: smallest order, qty
-- made_by: who makes it: own, own_to_order, third_party, text
-- is_innovation: whether it is new and not only one more of a line, flag
-- life_cycle: stage of life that somebody filled in, text
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
    withdrawn_cause,
    made_for_dealer_id,
    cast(shelf_life_days as double) as shelf_life_days,
    cast(safety_stock_qty as double) as safety_stock_qty,
    cast(pack_qty as double) as pack_qty,
    cast(min_order_qty as double) as min_order_qty,
    made_by,
    is_innovation,
    life_cycle,
    _source,
    _line
from main.products
