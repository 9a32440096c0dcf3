-- Order lines as loaded that still wait to be shipped, with what ranks them.
-- grain: order_id, line_no
-- order_id: order, code
-- line_no: line, code
-- dealer_id: dealer, code
-- sku: article, code
-- open_qty: ordered and not yet shipped, qty
-- unit_value: value of one unit, may be unknown, money a unit
-- wanted_on: day promised, else the day on which the dealer wants the goods, may be unknown, day
-- priority: as loaded, a smaller one comes first, may be unknown, text
-- has_contract: whether the line belongs to a contract, flag
select
    order_id,
    line_no,
    dealer_id,
    sku,
    cast(qty as double) - coalesce(cast(shipped_qty as double), 0) as open_qty,
    cast(net_value as double) / nullif(cast(qty as double), 0) as unit_value,
    cast(coalesce(promised_on, requested_on) as date) as wanted_on,
    priority,
    contract_id is not null as has_contract
from main.orders
where coalesce(status, 'open') = 'open'
    and cast(ordered_on as date) <= cast($as_of as date)
    and qty > coalesce(shipped_qty, 0)
order by order_id, line_no
