-- Order lines as loaded by the day on which they were due, and what was shipped of them until that day.
-- grain: order_id, sku, due_on
-- order_id: order, code
-- sku: article, code
-- due_on: day promised, else the day on which the dealer wants the goods, day
-- line_count: order lines that were due on this day, number
-- asked_qty: ordered for this day or an earlier one, qty
-- told_qty: of that, what the orders say was shipped so far, qty
-- in_time_qty: shipped under the number of the order until this day, qty
-- is_traced: whether any shipment of the article bears the number of the order, flag
with due as (
    select
        order_id,
        sku,
        cast(coalesce(promised_on, requested_on) as date) as due_on,
        count(*) as line_count,
        sum(cast(qty as double)) as qty,
        sum(coalesce(cast(shipped_qty as double), case when status = 'shipped' then cast(qty as double) else 0 end)) as told_qty
    from main.orders
    where coalesce(status, 'open') <> 'cancelled'
        and coalesce(promised_on, requested_on) is not null
        and cast(coalesce(promised_on, requested_on) as date) <= cast($last as date)
    group by order_id, sku, cast(coalesce(promised_on, requested_on) as date)
),

running as (
    select
        order_id,
        sku,
        due_on,
        line_count,
        sum(qty) over (partition by order_id, sku order by due_on rows between unbounded preceding and current row) as asked_qty,
        sum(told_qty) over (partition by order_id, sku order by due_on rows between unbounded preceding and current row) as told_qty
    from due
),

asked as (
    select *
    from running
    where due_on >= cast($first as date)
),

shipped as (
    select
        asked.order_id,
        asked.sku,
        asked.due_on,
        count(*) as row_count,
        sum(case when cast(sales.shipped_on as date) <= asked.due_on then cast(sales.qty as double) else 0 end) as in_time_qty
    from asked
    inner join main.sales as sales
        on asked.order_id = sales.order_id
        and asked.sku = sales.sku
    where sales.qty > 0
    group by asked.order_id, asked.sku, asked.due_on
)

select
    asked.order_id,
    asked.sku,
    asked.due_on,
    asked.line_count,
    asked.asked_qty,
    asked.told_qty,
    coalesce(shipped.in_time_qty, 0) as in_time_qty,
    shipped.row_count is not null as is_traced
from asked
left join shipped
    on asked.order_id = shipped.order_id
    and asked.sku = shipped.sku
    and asked.due_on = shipped.due_on
order by asked.order_id, asked.sku, asked.due_on
