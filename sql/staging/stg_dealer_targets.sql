-- What each dealer should reach in a month, by measure, as loaded.
-- grain: dealer_id, month, measure
-- dealer_id: dealer, code
-- month: first day of the month, month
-- measure: what is aimed at, text
-- target: value to be reached, in the measure's unit
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(date_trunc('month', month) as date) as month,
    measure,
    cast(target as double) as target,
    _source,
    _line
from main.dealer_targets
