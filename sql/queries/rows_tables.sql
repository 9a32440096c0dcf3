-- What each input table holds and from how many files.
-- grain: table_name
-- table_name: input table
-- file_count: files that brought its rows
-- row_count: rows loaded and not replaced since
-- rejected_count: rows rejected
-- first_day: first day in the table
-- last_day: last day in the table
-- loaded_at: when the newest file was loaded
select
    s.table_name,
    count(*) as file_count,
    cast(sum(s.loaded - s.replaced) as bigint) as row_count,
    cast(sum(s.rejected) as bigint) as rejected_count,
    min(s.first_day) as first_day,
    max(s.last_day) as last_day,
    max(s.loaded_at) as loaded_at
from loads.sources s
group by s.table_name
order by s.table_name
