-- Complaints about goods that own dealers diverted.
-- grain: complaint_id, sku, batch_id
-- complaint_id: complaint, code
-- sku: article, code
-- batch_id: batch, code
-- complained_on: day of the complaint, day
-- source_dealer_id: own dealer from whom the goods came, code
-- is_active: whether it was done on purpose, flag
select
    diversions.complaint_id,
    diversions.sku,
    diversions.batch_id,
    diversions.complained_on,
    diversions.source_dealer_id,
    diversions.is_active
from whole.marts.diversions as diversions
inner join mine.own.dealers as dealers
    on diversions.source_dealer_id = dealers.dealer_id
