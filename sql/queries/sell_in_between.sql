-- What we shipped to each dealer between two days, by article.
-- grain: dealer_id, sku
-- dealer_id: dealer, code
-- sku: article, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
select
    dealer_id,
    sku,
    sum(qty) as qty,
    sum(net_value) as net_value
from marts.sales_lines
where shipped_on between cast($first as date) and cast($last as date)
    and dealer_id is not null
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
group by dealer_id, sku
