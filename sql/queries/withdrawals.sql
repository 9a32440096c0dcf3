-- When and why each article was withdrawn, for whom it was made, and how long it keeps.
-- grain: sku
-- sku: article, code
-- withdrawn_on: day of withdrawal, empty where it was not withdrawn by $as_of, day
-- withdrawn_cause: replaced, tactical, dealer_special or other, text
-- made_for_dealer_id: dealer for whom it was developed, code
-- made_for: name of that dealer, else the code, text
-- shelf_life_days: days from receipt until it expires, days
-- safety_stock_qty: safety stock, qty
select
    withdrawals.sku,
    case when withdrawals.withdrawn_on <= cast($as_of as date) then withdrawals.withdrawn_on end as withdrawn_on,
    case when withdrawals.withdrawn_on <= cast($as_of as date) then coalesce(withdrawals.withdrawn_cause, 'other') end as withdrawn_cause,
    withdrawals.made_for_dealer_id,
    coalesce(dealers.dealer_name, withdrawals.made_for_dealer_id) as made_for,
    withdrawals.shelf_life_days,
    withdrawals.safety_stock_qty
from marts.withdrawals as withdrawals
left join marts.dealers as dealers
    on withdrawals.made_for_dealer_id = dealers.dealer_id
order by withdrawals.sku
