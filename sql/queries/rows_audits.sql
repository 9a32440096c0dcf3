-- What the audits of this version found.
-- grain: name
-- name: the audit, text
-- audit_severity: error or tell, text
-- row_count: offending rows, count
-- said: what is wrong, as a message
select
    name,
    severity as audit_severity,
    row_count,
    said
from loads.audits
order by name
