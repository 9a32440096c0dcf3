-- Places that are supplied, all but those of customers; the places of one dealer count as one, under the first of them.
-- grain: location_id
-- location_id: place, code
-- dealer_id: dealer, empty for our own and for what belongs to nobody, code
-- is_own: whether it is ours, flag
-- position_id: place under which it counts, code
select
    location_id,
    dealer_id,
    is_own,
    case when is_own or dealer_id is null then location_id else min(location_id) over (partition by dealer_id, is_own) end as position_id
from marts.locations
where coalesce(kind, 'branch') <> 'customer'
order by location_id
