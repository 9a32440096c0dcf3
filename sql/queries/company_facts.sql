-- What the tiles of the whole company are reckoned from, as it was kept when the version was built; empty for other days and other settings.
-- grain: period, month, input
-- period: place of a window among those compared, number; null for a month
-- month: first day of a month, day; null for a window
-- input: what KPIs are made from, code
-- value: of that input, in its own unit
-- why: why the input is unknown, message; null where it is known
select period, month, input, value, why
from kept.company_facts
where as_of = cast($as_of as date) and settings = $settings
order by input, period, month
