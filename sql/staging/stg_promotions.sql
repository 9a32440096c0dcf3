-- Promotions of lines, planned and run, as loaded.
-- grain: promotion_id
-- promotion_id: promotion, code
-- line_id: line, code
-- started_on: first day, day
-- ended_on: last day, day
-- planned_spend: money planned, money
-- spend: money spent so far, empty where unknown, money
-- depth: share of the price that is given away, empty where unknown, share
-- kind: star, launch or other, text
-- status: state of the promotion, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    promotion_id,
    line_id,
    cast(started_on as date) as started_on,
    cast(ended_on as date) as ended_on,
    cast(planned_spend as double) as planned_spend,
    cast(spend as double) as spend,
    cast(depth as double) as depth,
    coalesce(kind, 'other') as kind,
    status,
    _source,
    _line
from main.promotions
