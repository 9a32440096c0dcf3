-- Who buys in each market segment, what for, and how fast it should grow, as loaded.
-- grain: _source, _line
-- segment: name of the segment, text
-- consumer_portrait: who buys, text
-- needs: what they need, text
-- use: what they use it for, text
-- growth: expected growth a year, share
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    segment,
    consumer_portrait,
    needs,
    use,
    cast(growth as double) as growth,
    _source,
    _line
from main.segments
