-- Places where stock lies, those included that only the counts name.
-- grain: location_id
-- location_id: place, code
-- location_name: name of the place, else its code, text
-- kind: plant, branch, dealer or customer; empty where nobody said, text
-- is_own: whether its stock is ours, flag
-- dealer_id: dealer who owns the place, code
-- region: region, text
with named as (
    select
        location_id,
        location_name,
        kind,
        dealer_id,
        region
    from staging.stg_locations
),

counted as (
    select distinct location_id
    from staging.stg_stock
),

places as (
    select
        coalesce(named.location_id, counted.location_id) as location_id,
        coalesce(named.location_name, named.location_id, counted.location_id) as location_name,
        named.kind,
        named.dealer_id,
        named.region
    from named
    full outer join counted
        on named.location_id = counted.location_id
)

select
    location_id,
    location_name,
    kind,
    coalesce(kind in ('plant', 'branch'), true) as is_own,
    dealer_id,
    region
from places
order by location_id
