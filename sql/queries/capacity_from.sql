-- Capacity of the months from a given one on.
-- grain: month, resource_id
-- month: month, by its first day, month
-- resource_id: resource, code
-- available: in normal time, resource
-- overtime_available: what overtime can add, empty where nobody said, resource
-- subcontract_available: what subcontractors can add, empty where nobody said, resource
select
    month,
    resource_id,
    available,
    overtime_available,
    subcontract_available
from marts.capacity_month
where month >= cast($from_month as date)
