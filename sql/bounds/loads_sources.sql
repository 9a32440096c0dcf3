-- The files that were loaded, so that a figure can name the one that it was read from; how many rows they hold is left out.
-- grain: source_id
-- source_id: load, number
-- table_name: input table, text
-- file: name of the file, text
-- sha256: what identifies its content, text
-- loaded_at: when it was loaded, time
-- in_version: version that it came with, number
-- adapter: adapter that read it, text
-- read: not told, count
-- loaded: not told, count
-- repaired: not told, count
-- rejected: not told, count
-- set_aside: not told, count
-- replaced: not told, count
-- first_day: first day in it, day
-- last_day: last day in it, day
select
    source_id,
    table_name,
    file,
    sha256,
    loaded_at,
    in_version,
    adapter,
    cast(null as bigint) as read,
    cast(null as bigint) as loaded,
    cast(null as bigint) as repaired,
    cast(null as bigint) as rejected,
    cast(null as bigint) as set_aside,
    cast(null as bigint) as replaced,
    first_day,
    last_day
from whole.loads.sources
