-- The newest stock row with a cost of each item until a day, in our own places.
-- grain: item_id
-- item_id: article or material, code
-- unit_cost: cost of one unit, money a unit
-- counted_on: day of the count, day
-- source_id: load that brought the row, number
-- line: line in its file, number
select
    stock.item_id,
    stock.unit_cost,
    stock.counted_on,
    stock._source as source_id,
    stock._line as line
from main.stock as stock
inner join marts.locations as locations
    on stock.location_id = locations.location_id
where stock.counted_on <= cast($as_of as date)
    and stock.unit_cost is not null
    and locations.is_own
    and (cast($items as varchar[]) is null or stock.item_id in (select unnest(cast($items as varchar[]))))
qualify row_number() over (
    partition by stock.item_id
    order by stock.counted_on desc, stock.received_on desc nulls last, stock.batch_id desc nulls last, stock._source desc, stock._line desc
) = 1
order by stock.item_id
