-- Places where stock lies, those included that only the counts name.
-- grain: location_id
-- location_id: place, code
-- location_name: name of the place, else its code, text
-- kind: plant, branch, dealer or customer; empty where nobody said, text
-- is_own: whether its stock is ours, flag
-- dealer_id: dealer who owns the place, code
-- region: region, text
select
    location_id,
    location_name,
    kind,
    is_own,
    dealer_id,
    region
from marts.locations
order by location_id
