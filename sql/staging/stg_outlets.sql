-- Outlets that dealers serve, as loaded.
-- grain: outlet_id
-- outlet_id: outlet, code
-- dealer_id: dealer who serves it, code
-- channel: channel of the outlet, text
-- outlet_class: class by size, text
-- monthly_cases: cases that it buys in a month, may be unknown, qty
-- opened_on: day since which it is supplied, may be unknown, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    outlet_id,
    dealer_id,
    channel,
    outlet_class,
    cast(monthly_cases as double) as monthly_cases,
    cast(opened_on as date) as opened_on,
    _source,
    _line
from main.outlets
