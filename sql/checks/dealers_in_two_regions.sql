-- A dealer's place stands in another region than the dealer; sales and stock count for the dealer's region throughout.
-- severity: tell
select
    locations.location_id,
    locations.dealer_id,
    locations.region as region_of_place,
    dealers.region as region_of_dealer
from marts.locations as locations
inner join marts.dealers as dealers
    on locations.dealer_id = dealers.dealer_id
where not locations.is_own
    and locations.region <> dealers.region
