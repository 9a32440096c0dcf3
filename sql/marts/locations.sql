-- Places where stock lies, those included that only the counts name. A place that nobody described, but that bears the code of a dealer, or a name
-- that one dealer alone has, is that dealer's place; any other one is ours until somebody describes it.
-- grain: location_id
-- location_id: place, code
-- location_name: name of the place, else of the dealer whose code it bears, else its code, text
-- kind: plant, branch, dealer or customer; empty where nobody said, text
-- is_own: whether its stock is ours, flag
-- dealer_id: dealer who owns the place, code
-- region: region, of a dealer's place that nobody described that of the dealer, text
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

names_of_one as (
    select
        dealer_name,
        min(dealer_id) as dealer_id
    from staging.stg_dealers
    group by dealer_name
    having count(*) = 1
),

undescribed as (
    select
        counted.location_id,
        coalesce(by_code.dealer_id, by_name.dealer_id) as dealer_id
    from counted
    left join named
        on counted.location_id = named.location_id
    left join staging.stg_dealers as by_code
        on counted.location_id = by_code.dealer_id
    left join names_of_one as by_name
        on counted.location_id = by_name.dealer_name
    where named.location_id is null
),

places as (
    select
        location_id,
        coalesce(location_name, location_id) as location_name,
        kind,
        dealer_id,
        region
    from named
    union all
    select
        undescribed.location_id,
        coalesce(dealers.dealer_name, undescribed.location_id) as location_name,
        case when dealers.dealer_id is not null then 'dealer' end as kind,
        dealers.dealer_id,
        dealers.region
    from undescribed
    left join staging.stg_dealers as dealers
        on undescribed.dealer_id = dealers.dealer_id
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
