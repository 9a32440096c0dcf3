-- Changes of order lines after they had been placed.
-- grain: order_id, line_no, changed_on
-- order_id: order, code
-- line_no: line, code
-- changed_on: day of the change, day
-- kind: qty, date or cancel, text
-- qty_before: quantity before, qty
-- qty_after: quantity after, qty
-- date_before: day of delivery before, day
-- date_after: day of delivery after, day
-- asked_by: dealer, sales or production, text
-- reason: promotion, competition, funds or other; may be unknown, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    order_id,
    line_no,
    cast(changed_on as date) as changed_on,
    kind,
    cast(qty_before as double) as qty_before,
    cast(qty_after as double) as qty_after,
    cast(date_before as date) as date_before,
    cast(date_after as date) as date_after,
    asked_by,
    reason,
    _source,
    _line
from main.order_changes
