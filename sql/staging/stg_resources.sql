-- What limits production, as loaded.
-- grain: _source, _line
-- resource_id: resource, code
-- resource_name: its name, text
-- unit: unit of its capacity, text
-- workers: people who work on it, count
-- hour_cost: cost of a unit in normal time, money a unit
-- overtime_cost: the same in overtime, money a unit
-- hire_cost: cost of taking one person on, money
-- layoff_cost: cost of letting one go, money
-- subcontract_cost: cost of a unit bought outside, money a unit
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    resource_id,
    resource_name,
    unit,
    cast(workers as double) as workers,
    cast(hour_cost as double) as hour_cost,
    cast(overtime_cost as double) as overtime_cost,
    cast(hire_cost as double) as hire_cost,
    cast(layoff_cost as double) as layoff_cost,
    cast(subcontract_cost as double) as subcontract_cost,
    _source,
    _line
from main.resources
