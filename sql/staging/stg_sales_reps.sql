-- Sales representatives, as loaded.
-- grain: sales_rep
-- sales_rep: name, text
-- kind: own or dealer, may be unknown, text
-- area: area, may be unknown, text
-- trained_on: day of the last training, may be unknown, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sales_rep,
    kind,
    area,
    cast(trained_on as date) as trained_on,
    _source,
    _line
from main.sales_reps
