-- How the ways of making articles and families agree did in the past, and which was chosen.
-- grain: way
-- way: bottom_up, top_down, least_squares or minimum_trace, text
-- item_wape: sum of absolute errors of articles by demand, empty where unknown, share
-- family_wape: the same of families, share
-- is_chosen: whether it was taken, flag
select
    way,
    item_wape,
    family_wape,
    is_chosen
from kept.forecast_ways
order by way
