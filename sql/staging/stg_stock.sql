-- Counts and book balances of stock, one row an item, place, batch and condition.
-- grain: _source, _line
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- condition: good, damaged or expired, text
-- on_hand_qty: quantity on hand, qty
-- unit_cost: cost of one unit, may be unknown, money a unit
-- received_on: day of receipt, day
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
-- purpose: why it was bought early, text
-- reported_on: day on which a dealer reported it, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(counted_on as date) as counted_on,
    location_id,
    item_id,
    batch_id,
    condition,
    cast(on_hand_qty as double) as on_hand_qty,
    cast(unit_cost as double) as unit_cost,
    cast(received_on as date) as received_on,
    cast(in_transit_qty as double) as in_transit_qty,
    cast(committed_qty as double) as committed_qty,
    purpose,
    cast(reported_on as date) as reported_on,
    _source,
    _line
from main.stock
