-- What sales asked production to make, by article, day and who asked.
-- grain: sku, requested_on, asked_by
-- sku: article, code
-- requested_on: day of the request, day
-- asked_by: area or person who asked, text
-- qty: quantity asked for, qty
select
    sku,
    requested_on,
    asked_by,
    sum(qty) as qty
from staging.stg_production_requests
group by sku, requested_on, asked_by
order by sku, requested_on
