-- Stock at the end of months.
-- grain: month, item_id, location_id
-- month: first day of the month, month
-- item_id: article or material, code
-- location_id: place, empty where $per_place is false, code
-- region: region of the place, empty where $per_place is false, text
-- stock_qty: quantity on hand, qty
-- stock_value: on hand at cost, money
select
    stock.month,
    stock.item_id,
    case when cast($per_place as boolean) then stock.location_id end as location_id,
    case when cast($per_place as boolean) then locations.region end as region,
    sum(stock.stock_qty) as stock_qty,
    sum(stock.stock_value) as stock_value
from marts.stock_month as stock
inner join marts.locations as locations
    on stock.location_id = locations.location_id
left join marts.items as items
    on stock.item_id = items.item_id
where stock.month between cast($first_month as date) and cast($last_month as date)
    and (cast($kind as varchar) is null or items.item_kind = cast($kind as varchar))
    and (cast($items as varchar[]) is null or stock.item_id in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or stock.location_id in (select unnest(cast($places as varchar[]))))
    and (not cast($own_only as boolean) or locations.is_own)
group by all
