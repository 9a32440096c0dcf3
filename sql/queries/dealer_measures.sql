-- What was measured of each dealer for the scorecard of the newest whole month, as it was kept when the version was built; empty for other settings.
-- grain: dealer_id, month, measure
-- dealer_id: dealer, code
-- month: first day of the month, month
-- measure: code of the measure, code
-- value: what was measured, number
-- low: lower end of its band, number
-- high: upper end of its band, number
-- deduct: points off, number
select
    dealer_id,
    month,
    measure,
    value,
    low,
    high,
    deduct
from kept.dealer_measures
where month_of_score = cast($newest as date) and settings = $settings
order by dealer_id, month, measure
