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
    resource_name,
    unit,
    workers,
    hour_cost,
    overtime_cost,
    hire_cost,
    layoff_cost,
    subcontract_cost
from marts.resources
