-- How much of a resource one piece takes, as loaded.
-- grain: _source, _line
-- sku: article, or empty, code
-- line_id: line, or empty, code
-- resource_id: resource, code
-- per_unit: resource units in one piece, resource a unit
-- months_ahead: months before the piece is finished, count
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sku,
    line_id,
    resource_id,
    cast(per_unit as double) as per_unit,
    cast(months_ahead as integer) as months_ahead,
    _source,
    _line
from main.resource_use
