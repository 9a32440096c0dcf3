-- Promotions as loaded: which line, when, how deep.
-- grain: promotion_id
-- promotion_id: promotion, code
-- line_id: line, code
-- started_on: first day, day
-- ended_on: last day, day
-- depth: share of the price that is given away, empty where unknown, share
-- kind: star, launch or other, text
select
    promotion_id,
    line_id,
    started_on,
    ended_on,
    depth,
    kind
from main.promotions
order by promotion_id
