-- What was counted beside what the books said, as loaded.
-- grain: counted_on, location_id, item_id, batch_id
-- counted_on: day of the count, day
-- location_id: place, code
-- item_id: article or material, code
-- batch_id: batch, code
-- book_qty: quantity by the books, qty
-- counted_qty: quantity found, qty
-- cause: why there is a difference, text
-- responsible: who answers for it, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(counted_on as date) as counted_on,
    location_id,
    item_id,
    batch_id,
    cast(book_qty as double) as book_qty,
    cast(counted_qty as double) as counted_qty,
    cause,
    responsible,
    _source,
    _line
from main.stocktakes
