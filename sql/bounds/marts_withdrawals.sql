-- When and why each article was withdrawn, and how long it keeps; for which dealer it was made only where the dealer is an own one.
-- grain: sku
-- sku: article, code
-- withdrawn_on: day of withdrawal, day
-- withdrawn_cause: replaced, tactical, dealer_special or other, text
-- made_for_dealer_id: own dealer for whom it was developed, code
-- shelf_life_days: days from receipt until it expires, days
-- safety_stock_qty: safety stock, qty
select
    withdrawals.sku,
    withdrawals.withdrawn_on,
    withdrawals.withdrawn_cause,
    dealers.dealer_id as made_for_dealer_id,
    withdrawals.shelf_life_days,
    withdrawals.safety_stock_qty
from whole.marts.withdrawals as withdrawals
left join mine.own.dealers as dealers
    on withdrawals.made_for_dealer_id = dealers.dealer_id
