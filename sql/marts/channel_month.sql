-- Articles lying at each place at the end of each month, by line: newest count until then, carried forward.
-- grain: month, location_id, line_id
-- month: first day of the month, month
-- location_id: place, code
-- line_id: product line, may be unknown, code
-- counted_on: day of the count that stands for the month's end, day
-- stock_qty: quantity on hand, below zero counts as nothing, qty
-- stock_value: the same at cost, money
select
    stock.month,
    stock.location_id,
    items.line_id,
    min(stock.counted_on) as counted_on,
    sum(case when stock.stock_qty > 0 then stock.stock_qty else 0 end) as stock_qty,
    sum(case when stock.stock_qty > 0 then stock.stock_value else 0 end) as stock_value
from marts.stock_month as stock
inner join marts.items as items
    on stock.item_id = items.item_id
where items.item_kind = 'product'
group by stock.month, stock.location_id, items.line_id
order by stock.month, stock.location_id, items.line_id
