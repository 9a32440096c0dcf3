-- Promotions of lines, planned and run.
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
select
    promotion_id,
    line_id,
    started_on,
    ended_on,
    planned_spend,
    spend,
    depth,
    kind,
    status
from staging.stg_promotions
order by started_on, promotion_id
