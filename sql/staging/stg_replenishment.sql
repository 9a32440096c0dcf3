-- How each place is supplied, as loaded.
-- grain: _source, _line
-- location_id: place that is supplied, code
-- sku: article, empty where the rule is for every article of the place, code
-- order_interval_days: working days between two orders, days
-- lead_time_days: working days from the order to the arrival, days
-- safety_share: safety days as a share of interval and lead time, share
-- adjustment: factor on the daily demand, ratio
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    location_id,
    sku,
    cast(order_interval_days as double) as order_interval_days,
    cast(lead_time_days as double) as lead_time_days,
    cast(safety_share as double) as safety_share,
    cast(adjustment as double) as adjustment,
    _source,
    _line
from main.replenishment
