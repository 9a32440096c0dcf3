-- Which line is promoted when: that is open; what it costs is the company's.
-- grain: promotion_id
-- promotion_id: promotion, code
-- line_id: line, code
-- started_on: first day, day
-- ended_on: last day, day
-- planned_spend: empty, money
-- spend: empty, money
-- depth: empty, share
-- kind: star, launch or other, text
-- status: state of the promotion, text
select
    promotion_id,
    line_id,
    started_on,
    ended_on,
    cast(null as double) as planned_spend,
    cast(null as double) as spend,
    cast(null as double) as depth,
    kind,
    status
from whole.marts.promotions
