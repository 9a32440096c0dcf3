-- How each place is supplied; a row without an article holds for every article of the place that has no row of its own.
-- grain: location_id, sku
-- location_id: place that is supplied, code
-- sku: article, empty for the place as a whole, code
-- order_interval_days: working days between two orders, days
-- lead_time_days: working days from the order to the arrival, days
-- safety_share: safety days as a share of interval and lead time, empty where nobody said, share
-- adjustment: factor on the daily demand, empty where nobody said, ratio
select
    location_id,
    sku,
    order_interval_days,
    lead_time_days,
    safety_share,
    adjustment
from marts.replenishment_rules
