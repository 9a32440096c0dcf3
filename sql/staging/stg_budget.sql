-- The year's plan by month, line and region, as loaded.
-- grain: _source, _line
-- month: month, by its first day, month
-- line_id: line, code
-- region: region, empty for the whole company, text
-- qty: quantity budgeted, qty
-- net_value: net sales budgeted, money
-- margin_value: gross margin budgeted, money
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(month as date) as month,
    line_id,
    region,
    cast(qty as double) as qty,
    cast(net_value as double) as net_value,
    cast(margin_value as double) as margin_value,
    _source,
    _line
from main.budget
