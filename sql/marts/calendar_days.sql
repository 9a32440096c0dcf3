-- Days and whether people work on them.
-- grain: day
-- day: the day, day
-- is_working: whether people work on it, flag
-- event: festival, closing or another event, text
select
    day,
    max(case when is_working then 1 else 0 end) = 1 as is_working,
    min(event) as event
from staging.stg_calendar
group by day
order by day
