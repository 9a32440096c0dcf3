-- How the methods of each class did in the past, and which was chosen.
-- grain: level, kind, method
-- level: item or family, text
-- kind: class of demand, text
-- method: the method, text
-- error: mean absolute error in units of each series, empty where unknown, ratio
-- is_chosen: whether the class is forecast by it, flag
select
    level,
    kind,
    method,
    error,
    is_chosen
from kept.forecast_choices
order by level, kind, method
