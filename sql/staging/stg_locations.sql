-- Places where stock lies, as loaded.
-- grain: location_id
-- location_id: location, code
-- location_name: name of the location, text
-- kind: plant, branch, dealer or customer, text
-- dealer_id: dealer who owns the place, code
-- region: region, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    location_id,
    location_name,
    kind,
    dealer_id,
    region,
    _source,
    _line
from main.locations
