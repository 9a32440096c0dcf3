-- How each dealer's stock stood on the newest day, as it was kept when the version was built; empty for other days and other settings.
-- grain: dealer_id
-- dealer_id: dealer, code
-- days_of_supply: stock by the demand of a working day, days
-- low: reorder points by the demand of a working day, days
-- high: objectives by the demand of a working day, days
-- positions: articles that are asked for, count
-- out_count: of them out of stock, or before an order arrives, count
-- out_value: sales at risk, money
-- over_count: articles above their objective, count
-- over_value: what lies above it, money
-- stock_value: stock at cost, money
-- order_value: suggested orders, money
-- counted_on: newest count, day
-- reported_on: newest report, day
-- is_estimated: whether any of it is carried forward, flag
select
    dealer_id,
    days_of_supply,
    low,
    high,
    positions,
    out_count,
    out_value,
    over_count,
    over_value,
    stock_value,
    order_value,
    counted_on,
    reported_on,
    is_estimated
from kept.dealer_standing
where as_of = cast($as_of as date) and settings = $settings
order by dealer_id
