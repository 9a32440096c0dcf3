-- How each series was forecast and how far off its method was in the past.
-- grain: level, code
-- level: item or family, text
-- code: article, line or group, code
-- family: line or group that it belongs to, code
-- kind: class of its demand, text
-- method: the method, text
-- stood_in: what took its place where it failed, empty where it did not, text
-- history_months: months since the first sale, count
-- compared_months: months that were forecast from the past and came, count
-- wape: sum of absolute errors by sum of demand, empty where unknown, share
-- mase: mean absolute error by the usual step from year to year, empty where unknown, ratio
-- naive_wape: the same of the month of a year ago, share
-- fva_share: error of that less error of the method, share
-- bias_share: sum of forecast less demand by sum of demand, share
-- interval_months: mean months from demand to demand, empty without demand, ratio
-- uplift_share: what a promotion adds to a month of its family, empty where unknown, share
-- corrected_months: months whose demand is not what was shipped, count
select
    level,
    code,
    family,
    kind,
    method,
    stood_in,
    history_months,
    compared_months,
    wape,
    mase,
    naive_wape,
    fva_share,
    bias_share,
    interval_months,
    uplift_share,
    corrected_months
from kept.forecast_series
order by level, code
