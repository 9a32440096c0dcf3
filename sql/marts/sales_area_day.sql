-- Sales by day, article, area of the dealer and place.
-- grain: shipped_on, sku, area_no, location_id
-- shipped_on: day of shipment, day
-- sku: article, code
-- area_no: area of the dealer, number
-- location_id: place that shipped, may be unknown, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
-- lines: invoice lines, count
-- lines_without_cost: lines whose cost is quantity at the article's cost, count
with areas_of_dealers as (
    select
        dealers.dealer_id,
        areas.area_no
    from staging.stg_dealers as dealers
    inner join marts.areas as areas
        on coalesce(dealers.region, '') = coalesce(areas.region, '')
        and coalesce(dealers.channel, '') = coalesce(areas.channel, '')
        and (dealers.region is null) = (areas.region is null)
        and (dealers.channel is null) = (areas.channel is null)
),

nowhere as (
    select area_no
    from marts.areas
    where region is null
        and channel is null
)

select
    sales.shipped_on,
    sales.sku,
    coalesce(areas_of_dealers.area_no, nowhere.area_no) as area_no,
    sales.location_id,
    sum(sales.qty) as qty,
    sum(sales.net_value) as net_value,
    sum(sales.cost_value) as cost_value,
    count(*) as lines,
    cast(sum(sales.lines_without_cost) as bigint) as lines_without_cost
from marts.sales_lines as sales
cross join nowhere
left join areas_of_dealers
    on sales.dealer_id = areas_of_dealers.dealer_id
group by sales.shipped_on, sales.sku, coalesce(areas_of_dealers.area_no, nowhere.area_no), sales.location_id
order by shipped_on
