-- What dealers asked for beforehand and what they took, in some months.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- asked_qty: quantity of the last request before the month, qty
-- taken_qty: quantity shipped in the month, qty
-- apart_qty: distances between the two, added up over articles without regard to sign, qty
select
    month,
    dealer_id,
    asked_qty,
    taken_qty,
    apart_qty
from marts.requests_met_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id
