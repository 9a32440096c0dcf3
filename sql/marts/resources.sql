-- What limits production.
-- grain: resource_id
-- resource_id: resource, code
-- resource_name: its name, text
-- unit: unit of its capacity, text
-- workers: people who work on it, count
-- hour_cost: cost of a unit in normal time, money a unit
-- overtime_cost: the same in overtime, money a unit
-- hire_cost: cost of taking one person on, money
-- layoff_cost: cost of letting one go, money
-- subcontract_cost: cost of a unit bought outside, money a unit
select
    resource_id,
    max(resource_name) as resource_name,
    max(unit) as unit,
    max(workers) as workers,
    max(hour_cost) as hour_cost,
    max(overtime_cost) as overtime_cost,
    max(hire_cost) as hire_cost,
    max(layoff_cost) as layoff_cost,
    max(subcontract_cost) as subcontract_cost
from staging.stg_resources
group by resource_id
order by resource_id
