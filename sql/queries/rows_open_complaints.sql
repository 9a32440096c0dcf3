-- Complaints about products that are not closed.
-- grain: complaint_id
-- complaint_id: complaint, code
-- reported_on: day on which it was reported, day
-- sku: product, code
-- dealer_id: dealer, may be unknown, code
select
    complaint_id,
    cast(reported_on as date) as reported_on,
    sku,
    dealer_id
from main.complaints
where closed_on is null
order by reported_on, complaint_id
