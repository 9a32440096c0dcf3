-- How much of each resource one piece of an article or line takes.
-- grain: sku, line_id, resource_id, months_ahead
-- sku: article, or empty where a line is meant, code
-- line_id: line, or empty, code
-- resource_id: resource, code
-- months_ahead: months before the piece is finished, count
-- per_unit: resource units in one piece, resource a unit
select
    sku,
    line_id,
    resource_id,
    months_ahead,
    per_unit
from marts.resource_use
