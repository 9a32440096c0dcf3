-- What production used of each material by month, in all our places, losses and returns to suppliers included.
-- grain: month, item_id
-- month: first day of the month, month
-- item_id: material, code
-- qty: quantity, qty
select
    cast(date_trunc('month', movements.moved_on) as date) as month,
    movements.item_id,
    sum(movements.qty) as qty
from marts.stock_movements as movements
inner join marts.items as items
    on movements.item_id = items.item_id
where movements.kind = 'out'
    and items.item_kind = 'material'
    and movements.moved_on between cast($first as date) and cast($last as date)
group by cast(date_trunc('month', movements.moved_on) as date), movements.item_id
order by month, movements.item_id
