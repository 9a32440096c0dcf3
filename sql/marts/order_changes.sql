-- Changes of order lines, with the order line that was changed.
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
    changes.order_id,
    changes.line_no,
    changes.changed_on,
    changes.kind,
    changes.asked_by,
    changes.reason,
    orders.dealer_id,
    orders.sku,
    orders.qty as line_qty,
    changes.qty_before,
    changes.qty_after,
    changes.date_before,
    changes.date_after,
    items.unit_cost
from staging.stg_order_changes as changes
left join staging.stg_orders as orders
    on changes.order_id = orders.order_id
    and changes.line_no = orders.line_no
left join marts.items as items
    on orders.sku = items.item_id
order by changes.changed_on, changes.order_id, changes.line_no
