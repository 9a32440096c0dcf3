-- What dealers sold by category and channel in some months.
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
    net_value,
    gross_profit,
    qty
from marts.dealer_mix_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by dealer_id, month, category, channel, supplier
