-- What each player sells in a segment of the market in a year.
-- grain: segment, year, player, city, price_band
-- segment: name of the segment, text
-- year: calendar year, number
-- player: who sells, text
-- city: city, empty for the whole market, text
-- price_band: price band, empty for all, text
-- value: what the player sells there in a year, money
-- source: where the figure comes from, text
select
    segment,
    year,
    player,
    city,
    price_band,
    value,
    source
from staging.stg_market
order by segment, year, player, city, price_band
