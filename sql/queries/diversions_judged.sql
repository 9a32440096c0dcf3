-- Judged diversions between two days, by the dealer from whom the goods came.
-- grain: complaint_id, sku, batch_id
-- complaint_id: complaint, code
-- sku: article, code
-- batch_id: batch, code
-- complained_on: day of the complaint, day
-- source_dealer_id: dealer from whom they came, code
-- is_active: whether that dealer did it on purpose, flag
select
    complaint_id,
    sku,
    batch_id,
    complained_on,
    source_dealer_id,
    is_active
from marts.diversions
where complained_on between cast($first as date) and cast($last as date)
order by complained_on, complaint_id, sku, batch_id
