-- The files that were loaded.
-- grain: source_id
-- source_id: the load, number
-- table_name: input table, text
-- file: name of the file, text
-- sha256: what identifies its content, text
-- loaded_at: when it was loaded, time
-- in_version: version that it came with, number
-- adapter: adapter that reshaped it, text
-- read_count: rows read, count
-- loaded_count: rows loaded, count
-- repaired_count: loaded rows that were repaired, count
-- rejected_count: rows rejected, count
-- set_aside_count: rows set aside, count
-- replaced_count: rows of earlier files that it replaced, count
-- first_day: earliest day in it, day
-- last_day: latest day in it, day
select
    source_id,
    table_name,
    file,
    sha256,
    loaded_at,
    in_version,
    adapter,
    read as read_count,
    loaded as loaded_count,
    repaired as repaired_count,
    rejected as rejected_count,
    set_aside as set_aside_count,
    replaced as replaced_count,
    first_day,
    last_day
from loads.sources
order by source_id
