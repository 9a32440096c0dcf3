-- How much of each resource there is in a month.
-- grain: month, resource_id
-- month: month, by its first day, month
-- resource_id: resource, code
-- available: in normal time, resource
-- overtime_available: what overtime can add, empty where nobody said, resource
-- subcontract_available: what subcontractors can add, empty where nobody said, resource
select
    cast(date_trunc('month', month) as date) as month,
    resource_id,
    sum(available) as available,
    sum(overtime_available) as overtime_available,
    sum(subcontract_available) as subcontract_available
from staging.stg_capacity
group by cast(date_trunc('month', month) as date), resource_id
order by month, resource_id
