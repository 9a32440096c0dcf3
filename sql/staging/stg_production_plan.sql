-- What is to be made by month, as loaded.
-- grain: _source, _line
-- month: month, by its first day, month
-- sku: article, or empty, code
-- line_id: line, or empty, code
-- version: version of the plan, or empty, text
-- qty: quantity planned, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(month as date) as month,
    sku,
    line_id,
    version,
    cast(qty as double) as qty,
    _source,
    _line
from main.production_plan
