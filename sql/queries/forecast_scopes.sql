-- Whether the forecasts of a day and a maker leave out the deals under negotiation.
-- grain: made_on, source
-- made_on: day of the forecast, day
-- source: who made it, text
-- excluding_rows: rows that leave out the deals under negotiation, count
-- all_rows: rows, count
select
    made_on,
    source,
    excluding_rows,
    all_rows
from marts.forecast_scopes
