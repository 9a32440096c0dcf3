-- What dealers asked for, each by its last request for the month.
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
from staging.stg_requests
qualify row_number() over (
    partition by month, dealer_id, sku
    order by made_on desc, _source desc, _line desc
) = 1
order by month, dealer_id, sku
