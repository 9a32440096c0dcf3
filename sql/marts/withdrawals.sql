-- When and why an article was withdrawn, for whom it was made, and how long it keeps.
-- grain: sku
-- sku: article, code
-- withdrawn_on: day of withdrawal, day
-- withdrawn_cause: replaced, tactical, dealer_special or other, text
-- made_for_dealer_id: dealer for whom it was developed, code
-- shelf_life_days: days from receipt until it expires, days
-- safety_stock_qty: safety stock, qty
select
    sku,
    withdrawn_on,
    withdrawn_cause,
    made_for_dealer_id,
    shelf_life_days,
    safety_stock_qty
from staging.stg_products
order by sku
