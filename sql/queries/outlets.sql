-- Outlets that dealers serve.
-- grain: outlet_id
-- outlet_id: outlet, code
-- dealer_id: dealer who serves it, code
-- channel: channel of the outlet, text
-- outlet_class: class by size, text
-- monthly_cases: cases that it buys in a month, may be unknown, qty
-- opened_on: day since which it is supplied, may be unknown, day
select
    outlet_id,
    dealer_id,
    channel,
    outlet_class,
    monthly_cases,
    opened_on
from marts.outlets
order by outlet_id
