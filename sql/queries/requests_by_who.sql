-- How much of each article each area or person asked production to make until a day.
-- grain: sku, asked_by
-- sku: article, code
-- asked_by: area or person, text
-- qty: quantity asked for, qty
select
    sku,
    asked_by,
    sum(qty) as qty
from marts.requests_item
where requested_on <= cast($as_of as date)
group by sku, asked_by
having sum(qty) > 0
order by sku, asked_by
