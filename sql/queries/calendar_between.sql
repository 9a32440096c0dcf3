-- Days between two days and whether people work on them.
-- grain: day
-- day: the day, day
-- is_working: whether people work on it, flag
select
    day,
    is_working
from marts.calendar_days
where day between cast($first as date) and cast($last as date)
order by day
