-- How many rows were not loaded, by table, column and rule.
-- grain: table_name, column_name, rule
-- table_name: input table, text
-- column_name: column that broke a rule, text
-- rule: the rule, text
-- row_count: rows, count
-- file_count: files, count
-- reason: why, of one of the rows, as a message
select
    table_name,
    column_name,
    rule,
    count(*) as row_count,
    count(distinct source_id) as file_count,
    min(reason) as reason
from loads.rejects
group by table_name, column_name, rule
order by row_count desc, table_name, column_name, rule
