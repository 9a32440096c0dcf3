-- What was sold for money of each article in the days until $as_of, returns deducted, and the last day on which some was sold.
-- grain: sku
-- sku: article, code
-- sold_qty: net quantity from $first to $as_of, qty
-- last_sold_on: last day with more sold than returned, day
-- first_sold_on: first day of any sale, day
select
    sku,
    coalesce(sum(qty) filter (where shipped_on >= cast($first as date)), 0) as sold_qty,
    max(shipped_on) filter (where qty > 0) as last_sold_on,
    min(shipped_on) filter (where qty > 0) as first_sold_on
from marts.paid_item_day
where shipped_on <= cast($as_of as date)
group by sku
order by sku
