-- What was sold for money by article and day, net of returns; lines without a value are samples and gifts, and no sales.
-- grain: sku, shipped_on
-- sku: article, code
-- shipped_on: day of shipment, day
-- qty: quantity, returns negative, qty
select
    sku,
    shipped_on,
    sum(qty) as qty
from marts.sales_lines
where net_value <> 0
group by sku, shipped_on
order by sku, shipped_on
