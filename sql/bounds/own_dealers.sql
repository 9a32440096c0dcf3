-- The dealers whom somebody may see.
-- grain: dealer_id
-- dealer_id: dealer, code
select dealer_id
from whole.marts.dealers
where (cast($regions as varchar[]) is null or region in (select unnest(cast($regions as varchar[]))))
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
