-- The areas (region × channel) that somebody may see: none where single dealers are all that may be seen, as an area adds up several.
-- grain: area_no
-- area_no: number of the area, number
select area_no
from whole.marts.areas
where cast($dealers as varchar[]) is null
    and (cast($regions as varchar[]) is null or region in (select unnest(cast($regions as varchar[]))))
