-- What left our places of each material from $first to $last: used by production, scrapped, sent back to suppliers.
-- grain: item_id
-- item_id: material, code
-- qty: quantity, qty
select
    movements.item_id,
    sum(movements.qty) as qty
from marts.stock_movements as movements
inner join marts.items as items
    on movements.item_id = items.item_id
where movements.kind = 'out'
    and items.item_kind = 'material'
    and movements.moved_on between cast($first as date) and cast($last as date)
group by movements.item_id
order by movements.item_id
