-- Changes of order lines between two days, with the order line that was changed.
-- grain: order_id, line_no, changed_on
-- order_id: order, code
-- line_no: line, code
-- changed_on: day of the change, day
-- kind: qty, date or cancel, text
-- asked_by: dealer, sales or production, text
-- reason: promotion, competition, funds or other; may be unknown, text
-- dealer_id: dealer who ordered, empty where no such order was loaded, code
-- sku: article, code
-- line_qty: quantity of the line as it stands, qty
-- qty_before: quantity before the change, qty
-- qty_after: quantity after the change, qty
-- date_before: day of delivery before the change, day
-- date_after: day of delivery after the change, day
-- unit_cost: cost of one unit, may be unknown, money a unit
select
    order_id,
    line_no,
    changed_on,
    kind,
    asked_by,
    reason,
    dealer_id,
    sku,
    line_qty,
    qty_before,
    qty_after,
    date_before,
    date_after,
    unit_cost
from marts.order_changes
where changed_on between cast($first as date) and cast($last as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by changed_on, order_id, line_no
