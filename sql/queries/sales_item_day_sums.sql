-- Sales of single days by article; the days are numbered by the window to which they belong.
-- grain: window_no, sku, location_id
-- window_no: number of the window, number
-- sku: article, code
-- location_id: place that shipped, empty where $per_place is false, code
-- net_value: net sales, money
-- qty: quantity, returns negative, qty
-- cost_value: cost of the goods, money
-- lines: invoice lines, count
-- lines_without_cost: lines whose cost is quantity at the article's cost, count
with days as (
    select
        unnest(cast($days as date[])) as day,
        unnest(cast($windows as integer[])) as window_no
)

select
    days.window_no,
    sales.sku,
    case when cast($per_place as boolean) then sales.location_id end as location_id,
    sum(sales.net_value) as net_value,
    sum(sales.qty) as qty,
    sum(sales.cost_value) as cost_value,
    cast(sum(sales.lines) as bigint) as lines,
    cast(sum(sales.lines_without_cost) as bigint) as lines_without_cost
from marts.sales_item_day as sales
inner join days
    on sales.shipped_on = days.day
where sales.shipped_on between cast($first_day as date) and cast($last_day as date)
    and (cast($items as varchar[]) is null or sales.sku in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or coalesce(sales.location_id, '') in (select unnest(cast($places as varchar[]))))
group by days.window_no, sales.sku, case when cast($per_place as boolean) then sales.location_id end
