-- What dealers should reach in some months, by measure.
-- grain: dealer_id, month, measure
-- dealer_id: dealer, code
-- month: first day of the month, month
-- measure: what is aimed at, text
-- target: value to be reached, in the measure's unit
select
    dealer_id,
    month,
    measure,
    target
from marts.dealer_targets
where month between cast($first_month as date) and cast($last_month as date)
order by dealer_id, month, measure
