-- Batches that were made in some days.
-- grain: batch_id, sku, who
-- batch_id: batch, code
-- sku: article, code
-- who: resource that made it, else the place, empty where neither was told, text
-- qty: quantity, qty
select
    batch_id,
    sku,
    coalesce(resource_id, location_id) as who,
    sum(cast(qty as double)) as qty
from main.production
where batch_id is not null
    and cast(produced_on as date) between cast($first as date) and cast($last as date)
group by batch_id, sku, coalesce(resource_id, location_id)
order by batch_id, sku
