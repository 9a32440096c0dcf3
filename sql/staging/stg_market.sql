-- Size of the market's segments by year and player, as loaded.
-- grain: _source, _line
-- segment: name of the segment, text
-- year: calendar year, number
-- player: who sells, text
-- city: city, empty for the whole market, text
-- price_band: price band, empty for all, text
-- value: what the player sells there in a year, money
-- source: where the figure comes from, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    segment,
    year,
    player,
    city,
    price_band,
    cast(value as double) as value,
    source,
    _source,
    _line
from main.market
