-- Whether the forecasts of a day and a maker leave out the deals under negotiation.
-- grain: made_on, source
-- made_on: day of the forecast, day
-- source: who made it, text
-- excluding_rows: rows that leave out the deals under negotiation, count
-- all_rows: rows, count
select
    made_on,
    source,
    count(*) filter (where excludes_deals) as excluding_rows,
    count(*) as all_rows
from staging.stg_forecasts
group by made_on, source
order by made_on, source
