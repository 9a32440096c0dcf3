-- The list price and best discount of each article on a day: the newest that has begun.
-- grain: sku
-- sku: article, code
-- changed_on: first day of the price, day
-- list_price: price of one unit by the list, money a unit
-- best_discount_price: price of one unit at the largest discount, may be empty, money a unit
select
    sku,
    changed_on,
    list_price,
    best_discount_price
from marts.price_changes
where changed_on <= cast($as_of as date)
qualify row_number() over (partition by sku order by changed_on desc) = 1
order by sku
