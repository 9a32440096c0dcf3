-- Goods found outside of their dealer's territory, of which somebody judged from whom they came.
-- grain: complaint_id, sku, batch_id
-- complaint_id: complaint, code
-- sku: article, code
-- batch_id: batch, code
-- complained_on: day of the complaint, day
-- source_dealer_id: dealer from whom they came, code
-- is_active: whether that dealer did it on purpose, no where nobody says so, flag
select
    complaint_id,
    sku,
    batch_id,
    complained_on,
    source_dealer_id,
    coalesce(is_active, false) as is_active
from staging.stg_diversions
where source_dealer_id is not null
order by complained_on, complaint_id
