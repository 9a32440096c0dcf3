-- What dealers sell by category, our brands beside those of others.
-- grain: dealer_id, month, category, channel, supplier
-- dealer_id: dealer, code
-- month: first day of the month, month
-- category: category of goods, text
-- channel: sales channel, may be unknown, text
-- supplier: own, or another supplier; may be unknown, text
-- net_value: the dealer's sales, money
-- margin_share: gross margin as a share of sales, share
-- qty: quantity sold, may be unknown, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(date_trunc('month', month) as date) as month,
    category,
    channel,
    supplier,
    cast(net_value as double) as net_value,
    cast(margin_share as double) as margin_share,
    cast(qty as double) as qty,
    _source,
    _line
from main.dealer_mix
