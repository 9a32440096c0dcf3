-- How demand came at our own places until the newest day, as it was kept when the version was built; empty for other days and other settings.
-- grain: location_id, sku
-- location_id: place, code
-- sku: article, code
-- known_months: whole months of which the demand is known, count
-- daily_qty: mean demand of a working day, qty
-- deviation_qty: standard deviation of a working day, qty
-- deviation_from: what the deviation is of, text
-- is_intermittent: whether demand comes in clumps, flag
select
    location_id,
    sku,
    known_months,
    daily_qty,
    deviation_qty,
    deviation_from,
    is_intermittent
from kept.position_demand
where as_of = cast($as_of as date) and settings = $settings
