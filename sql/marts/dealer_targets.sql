-- What each dealer should reach in a month, by measure.
-- grain: dealer_id, month, measure
-- dealer_id: dealer, code
-- month: first day of the month, month
-- measure: what is aimed at, text
-- target: value to be reached, in the measure's unit
select
    dealer_id,
    month,
    measure,
    max(target) as target
from staging.stg_dealer_targets
group by dealer_id, month, measure
order by dealer_id, month, measure
