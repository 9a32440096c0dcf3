-- Orders as loaded that were not wholly shipped at the end of a day: what was ordered until then, and what of it had left us.
-- grain: order_id, sku
-- order_id: order, code
-- sku: article, code
-- qty: ordered until that day, qty
-- due_qty: of that, what was due until then, qty
-- shipped_qty: shipped until then, as the order tells (one that is closed waits for nothing more), less what left us later under its number, qty
-- unit_value: value of one unit, may be unknown, money a unit
with asked as (
    select
        order_id,
        sku,
        sum(cast(qty as double)) as qty,
        sum(case when cast(coalesce(promised_on, requested_on) as date) <= cast($until as date) then cast(qty as double) else 0 end) as due_qty,
        sum(case when status = 'shipped' then cast(qty as double) else coalesce(cast(shipped_qty as double), 0) end) as told_qty,
        sum(cast(net_value as double)) as net_value
    from main.orders
    where coalesce(status, 'open') <> 'cancelled'
        and cast(ordered_on as date) <= cast($until as date)
    group by order_id, sku
),

later as (
    select
        order_id,
        sku,
        sum(cast(qty as double)) as qty
    from main.sales
    where order_id is not null
        and qty > 0
        and cast(shipped_on as date) > cast($until as date)
    group by order_id, sku
),

waiting as (
    select
        asked.order_id,
        asked.sku,
        asked.qty,
        asked.due_qty,
        greatest(asked.told_qty - coalesce(later.qty, 0), 0) as shipped_qty,
        asked.net_value / nullif(asked.qty, 0) as unit_value
    from asked
    left join later
        on asked.order_id = later.order_id
        and asked.sku = later.sku
)

select
    waiting.order_id,
    waiting.sku,
    waiting.qty,
    waiting.due_qty,
    waiting.shipped_qty,
    coalesce(waiting.unit_value, items.list_price) as unit_value
from waiting
left join marts.items as items
    on waiting.sku = items.item_id
where waiting.qty > waiting.shipped_qty
order by waiting.order_id, waiting.sku
