-- What sales asked production to make.
-- grain: _source, _line
-- requested_on: day of the request, day
-- asked_by: area or person who asked, text
-- sku: article, code
-- qty: quantity asked for, qty
-- for_dealer_id: dealer for whom it is needed, code
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(requested_on as date) as requested_on,
    asked_by,
    sku,
    cast(qty as double) as qty,
    for_dealer_id,
    _source,
    _line
from main.production_requests
