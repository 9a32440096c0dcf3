-- How much of each resource there is in a month, as loaded.
-- grain: _source, _line
-- month: month, by its first day, month
-- resource_id: resource, code
-- available: in normal time, resource
-- overtime_available: what overtime can add, resource
-- subcontract_available: what subcontractors can add, resource
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(month as date) as month,
    resource_id,
    cast(available as double) as available,
    cast(overtime_available as double) as overtime_available,
    cast(subcontract_available as double) as subcontract_available,
    _source,
    _line
from main.capacity
