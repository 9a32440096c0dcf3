-- What dealers asked for the months from a given one on, each by its last request.
-- grain: month, dealer_id, sku
-- month: first day of the month that it is for, month
-- dealer_id: dealer, code
-- sku: article, code
-- made_on: day of the last request, day
-- qty: quantity asked for, qty
-- ship_on: day on which it should be shipped, empty where nobody said, day
select
    month,
    dealer_id,
    sku,
    made_on,
    qty,
    ship_on
from marts.requests_ahead
where month >= cast($from_month as date)
order by month, dealer_id, sku
