-- The first day on which we counted something of an item, where our counts of that place begin earlier: then it came in between.
-- grain: item_id
-- item_id: article or material, code
-- first_seen_on: first count of any place of ours that holds some of it, day
-- is_arrival: whether every such place had been counted before without it, flag
with ours as (
    select
        counts.location_id,
        min(counts.counted_on) as begun_on
    from marts.stock_counts as counts
    inner join marts.locations as locations
        on counts.location_id = locations.location_id
    where locations.is_own
    group by counts.location_id
)

select
    seen.item_id,
    min(seen.seen_on) as first_seen_on,
    bool_and(seen.seen_on > ours.begun_on) as is_arrival
from marts.stock_first_seen as seen
inner join ours
    on seen.location_id = ours.location_id
where seen.seen_on <= cast($as_of as date)
group by seen.item_id
order by seen.item_id
