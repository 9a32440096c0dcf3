-- What was planned to come in from suppliers, as loaded.
-- grain: month, item_id
-- month: month, by its first day, month
-- item_id: article or material, code
-- planned_qty: quantity planned to come in, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(month as date) as month,
    item_id,
    cast(planned_qty as double) as planned_qty,
    _source,
    _line
from main.purchase_plan
