-- Every position that is supplied, in the usual window on the newest day, as it was kept when the version was built; empty for other days and settings.
-- grain: location_id, sku
-- location_id: place, code
-- dealer_id: dealer of the place, empty for our own and for places of nobody, code
-- sku: article, code
-- on_hand_qty: stock as it counts, qty
-- in_transit_qty: under way to the place, qty
-- committed_qty: promised to others, qty
-- position_qty: on hand and under way less what is promised, qty
-- daily_qty: demand of a working day, qty
-- ico_qty: objective in whole packs, qty
-- low_qty: reorder point in whole packs, qty
-- safety_qty: safety stock, qty
-- days_of_supply: on hand by the demand of a working day, days
-- position_days: the position by the demand of a working day, days
-- low_days: reorder point by the demand of a working day, days
-- high_days: objective by the demand of a working day, days
-- interval_days: working days between two orders, days
-- lead_days: working days from the order to the arrival, days
-- needed_qty: what is missing to the objective, qty
-- order_qty: the same in whole packs and at least the least order, qty
-- order_value: the same at cost, money
-- pack_qty: pieces of a pack, qty
-- min_order_qty: least order, qty
-- status: how the position stands, text
-- gap_days: working days without stock before an order made today would arrive, days
-- at_risk_qty: sales at risk, qty
-- at_risk_value: sales at risk, money
-- excess_value: stock above the objective at cost, money
-- unit_cost: newest cost of a piece, money_per_unit
-- unit_price: price paid over a year, else the list price, money_per_unit
-- sold_qty: demand that the daily one is reckoned from, qty
-- days: working days of that demand, days
-- out_share: share of working days without stock, share
-- adjustment: factor on the daily demand, ratio
-- safety_share: safety days as a share of interval and lead time, share
-- counted_on: newest count, day
-- reported_on: day of the report that says so, day
-- is_estimated: whether the stock is an earlier report carried forward, flag
-- demand_from: what the demand is known from, text
-- rules_from: which rule gave the parameters, message
-- remark: what must be known of the row, message
select
    location_id,
    dealer_id,
    sku,
    on_hand_qty,
    in_transit_qty,
    committed_qty,
    position_qty,
    daily_qty,
    ico_qty,
    low_qty,
    safety_qty,
    days_of_supply,
    position_days,
    low_days,
    high_days,
    interval_days,
    lead_days,
    needed_qty,
    order_qty,
    order_value,
    pack_qty,
    min_order_qty,
    status,
    gap_days,
    at_risk_qty,
    at_risk_value,
    excess_value,
    unit_cost,
    unit_price,
    sold_qty,
    days,
    out_share,
    adjustment,
    safety_share,
    counted_on,
    reported_on,
    is_estimated,
    demand_from,
    rules_from,
    remark
from kept.supplied_positions
where as_of = cast($as_of as date) and settings = $settings
    and (cast($places as varchar[]) is null or location_id in (select unnest(cast($places as varchar[]))))
order by location_id, sku
