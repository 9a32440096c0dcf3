-- From when to when each dealer told us what it sold on.
-- grain: dealer_id
-- dealer_id: dealer, code
-- first_sold_on: first day that was reported, day
-- last_sold_on: last day that was reported, day
select
    dealer_id,
    first_sold_on,
    last_sold_on
from marts.dealer_reports
