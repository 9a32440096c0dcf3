-- The places that somebody may see: those of own dealers; of the others those in own regions, unless single dealers are all that may be seen.
-- grain: location_id
-- location_id: place, code
select location_id
from whole.marts.locations
where dealer_id in (select dealer_id from mine.own.dealers)
    or (
        dealer_id is null
        and cast($dealers as varchar[]) is null
        and (cast($regions as varchar[]) is null or region in (select unnest(cast($regions as varchar[]))))
    )
