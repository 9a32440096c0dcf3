-- Working days and holidays, as loaded.
-- grain: _source, _line
-- day: the day, day
-- is_working: whether people work on it, flag
-- event: festival, closing or another event, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(day as date) as day,
    is_working,
    event,
    _source,
    _line
from main.calendar
