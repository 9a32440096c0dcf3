-- What dealers sold on, by day and article.
-- grain: sold_on, dealer_id, sku
-- sold_on: day of the dealer's sale, day
-- dealer_id: dealer, code
-- sku: article, code
-- qty: quantity, qty
-- net_value: value, unknown where no row says it, money
select
    sold_on,
    dealer_id,
    sku,
    sum(qty) as qty,
    sum(net_value) as net_value
from staging.stg_dealer_sales
group by sold_on, dealer_id, sku
order by sold_on, dealer_id, sku
