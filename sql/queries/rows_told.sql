-- Oddities that were loaded all the same, by file and rule.
-- grain: source_id, rule, column_name
-- source_id: the load, number
-- table_name: input table, text
-- file: name of the file, text
-- rule: the rule, text
-- column_name: column, text
-- row_count: rows, count
-- said: what was told, as a message
select
    source_id,
    table_name,
    file,
    rule,
    column_name,
    row_count,
    said
from loads.told
order by row_count desc, source_id, rule, column_name
