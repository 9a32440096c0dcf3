-- Who buys in each market segment, what for, and how fast it should grow.
-- grain: segment
-- segment: name of the segment, text
-- consumer_portrait: who buys, text
-- needs: what they need, text
-- use: what they use it for, text
-- growth: expected growth a year, share
select
    segment,
    consumer_portrait,
    needs,
    use,
    growth
from marts.market_segments
order by segment
