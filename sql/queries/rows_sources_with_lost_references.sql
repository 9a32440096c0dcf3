-- Sources that lost rows because they pointed to something unknown: they are read again when that table is loaded.
-- grain: source_id
-- source_id: number of the source
-- table_name: input table that the source was read for
-- replaced: rows of the source that a later file replaced
select
    s.source_id,
    s.table_name,
    s.replaced
from loads.sources s
where s.replaced > 0
    or s.source_id in (select r.source_id from loads.rejects r where r.rule = 'reference')
order by s.source_id
