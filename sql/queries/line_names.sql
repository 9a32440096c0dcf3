-- The name of each product line.
-- grain: line_id
-- line_id: product line, code
-- line_name: its name, text
select
    line_id,
    max(line_name) as line_name
from marts.assortment_products
group by line_id
order by line_id
