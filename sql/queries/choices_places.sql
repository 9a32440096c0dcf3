-- The locations that can be chosen.
-- grain: location_id
-- location_id: location, code
-- location_name: name of the location, text
-- kind: plant, branch, dealer or customer; null = not said
-- region: region of the location, text
select
    location_id,
    location_name,
    kind,
    region
from marts.locations
order by
    kind,
    location_id
