-- Rows that were not loaded, newest load first, the first hundred thousand of them.
-- grain: source_id, line, column_name, rule
-- source_id: the load, number
-- table_name: input table, text
-- file: name of the file, text
-- line: line in the file, number
-- column_name: column that broke a rule, text
-- value: what stood there, text
-- rule: the rule, text
-- reason: why, as a message
-- row_text: the whole row, text
select
    source_id,
    table_name,
    file,
    line,
    column_name,
    value,
    rule,
    reason,
    row_text
from loads.rejects
order by source_id desc, line, column_name, rule
limit 100000
