-- What dealers asked for in coming months, as loaded.
-- grain: made_on, month, dealer_id, sku
-- made_on: day of the request, day
-- month: first day of the month that it is for, month
-- dealer_id: dealer, code
-- sku: article, code
-- qty: quantity asked for, qty
-- ship_on: day on which it should be shipped, empty where nobody said, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(made_on as date) as made_on,
    cast(date_trunc('month', month) as date) as month,
    dealer_id,
    sku,
    cast(qty as double) as qty,
    cast(ship_on as date) as ship_on,
    _source,
    _line
from main.requests
