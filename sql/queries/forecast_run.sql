-- The forecast that was kept beside a version: when it was made and of what.
-- grain: version
-- version: version it was made of, number
-- made_at: when, moment
-- as_of: last day of the data, day
-- last_month: last whole month that was learnt from, month
-- months: months ahead, count
-- items: articles, count
-- families: families, count
-- way: how articles and families were made to agree, text
-- seconds: how long it took, seconds
-- told: what is to be known about the data, a list of sentences, text
select
    version,
    made_at,
    as_of,
    last_month,
    months,
    items,
    families,
    way,
    seconds,
    told
from kept.forecast_runs
order by version
