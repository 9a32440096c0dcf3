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
    coalesce(months_ahead, 0) as months_ahead,
    sum(per_unit) as per_unit
from staging.stg_resource_use
group by sku, line_id, resource_id, coalesce(months_ahead, 0)
order by sku, line_id, resource_id, months_ahead
