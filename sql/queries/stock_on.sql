-- Stock on a day: the newest count of each place until then.
-- grain: item_id, location_id
-- item_id: article or material, code
-- location_id: place, empty where $per_place is false, code
-- region: region of the place, empty where $per_place is false, text
-- stock_qty: quantity on hand, qty
-- stock_value: on hand at cost, money
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
with newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
    group by location_id
)

select
    stock.item_id,
    case when cast($per_place as boolean) then stock.location_id end as location_id,
    case when cast($per_place as boolean) then locations.region end as region,
    sum(stock.stock_qty) as stock_qty,
    sum(stock.stock_value) as stock_value,
    sum(stock.in_transit_qty) as in_transit_qty,
    sum(stock.committed_qty) as committed_qty
from marts.stock_day as stock
inner join newest_counts
    on stock.location_id = newest_counts.location_id
    and stock.counted_on = newest_counts.counted_on
inner join marts.locations as locations
    on stock.location_id = locations.location_id
left join marts.items as items
    on stock.item_id = items.item_id
where true
    and (cast($kind as varchar) is null or items.item_kind = cast($kind as varchar))
    and (cast($items as varchar[]) is null or stock.item_id in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or stock.location_id in (select unnest(cast($places as varchar[]))))
    and (not cast($own_only as boolean) or locations.is_own)
group by all
