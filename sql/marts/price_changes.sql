-- List prices and best discounts by the day from which they hold.
-- grain: sku, changed_on
-- sku: article, code
-- changed_on: first day of the price, day
-- list_price: price of one unit by the list, money a unit
-- best_discount_price: price of one unit at the largest discount, may be empty, money a unit
select
    sku,
    changed_on,
    list_price,
    best_discount_price
from staging.stg_price_changes
order by sku, changed_on
