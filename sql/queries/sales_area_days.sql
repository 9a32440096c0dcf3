-- Sales of single days, told apart by what the dealers are; the days are numbered by the window to which they belong.
-- grain: window_no, sku, location_id, region, channel
-- window_no: number of the window, number
-- sku: article, empty where $per_item is false, code
-- location_id: place that shipped, empty where $per_place is false, code
-- region: the dealer's region, empty where $per_region is false, text
-- channel: the dealer's channel, empty where $per_channel is false, text
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
    case when cast($per_item as boolean) then sales.sku end as sku,
    case when cast($per_place as boolean) then sales.location_id end as location_id,
    case when cast($per_region as boolean) then areas.region end as region,
    case when cast($per_channel as boolean) then areas.channel end as channel,
    sum(sales.net_value) as net_value,
    sum(sales.qty) as qty,
    sum(sales.cost_value) as cost_value,
    cast(sum(sales.lines) as bigint) as lines,
    cast(sum(sales.lines_without_cost) as bigint) as lines_without_cost
from marts.sales_area_day as sales
inner join days
    on sales.shipped_on = days.day
inner join marts.areas as areas
    on sales.area_no = areas.area_no
where sales.shipped_on between cast($first_day as date) and cast($last_day as date)
    and (cast($items as varchar[]) is null or sales.sku in (select unnest(cast($items as varchar[]))))
    and (cast($places as varchar[]) is null or coalesce(sales.location_id, '') in (select unnest(cast($places as varchar[]))))
    and (cast($areas as integer[]) is null or sales.area_no in (select unnest(cast($areas as integer[]))))
group by all
