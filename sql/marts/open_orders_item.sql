-- Order lines that still wait, by article.
-- grain: sku
-- sku: article, code
-- open_qty: ordered and not yet shipped, qty
-- first_promised_on: earliest promised day, day
select
    sku,
    sum(case when qty > coalesce(shipped_qty, 0) then qty - coalesce(shipped_qty, 0) else 0 end) as open_qty,
    min(promised_on) as first_promised_on
from staging.stg_orders
where coalesce(status, 'open') = 'open'
group by sku
order by sku
