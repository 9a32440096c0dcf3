-- Goods found outside of their dealer's territory, as loaded.
-- grain: complaint_id, sku, batch_id
-- complaint_id: complaint, code
-- sku: article, code
-- batch_id: batch, code
-- complained_on: day of the complaint, day
-- victim_dealer_id: dealer into whose territory they came, code
-- source_dealer_id: dealer from whom they came, empty until that was judged, code
-- is_active: whether that dealer did it on purpose, flag
-- qty: quantity found, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    complaint_id,
    sku,
    batch_id,
    cast(complained_on as date) as complained_on,
    victim_dealer_id,
    source_dealer_id,
    is_active,
    cast(qty as double) as qty,
    _source,
    _line
from main.diversions
