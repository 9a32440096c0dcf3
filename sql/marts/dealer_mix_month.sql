-- What dealers sold by category and channel, our brands beside those of others.
-- grain: dealer_id, month, category, channel, supplier
-- dealer_id: dealer, code
-- month: first day of the month, month
-- category: category of goods, text
-- channel: sales channel, may be unknown, text
-- supplier: own, or another supplier; may be unknown, text
-- net_value: the dealer's sales, money
-- gross_profit: sales less what the goods cost the dealer, money
-- qty: quantity, unknown where nobody said, qty
select
    dealer_id,
    month,
    category,
    channel,
    supplier,
    sum(net_value) as net_value,
    sum(net_value * margin_share) as gross_profit,
    sum(qty) as qty
from staging.stg_dealer_mix
group by dealer_id, month, category, channel, supplier
order by dealer_id, month, category, channel, supplier
