-- Sales by month, position and area of the dealer.
-- grain: month, position_no, area_no
-- month: first day of the month, month
-- position_no: number of the position, number
-- area_no: area of the dealer, number
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
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
    cast(date_trunc('month', sales.shipped_on) as date) as month,
    sales.position_no,
    coalesce(areas_of_dealers.area_no, nowhere.area_no) as area_no,
    sum(sales.qty) as qty,
    sum(sales.net_value) as net_value,
    sum(sales.cost_value) as cost_value
from marts.sales_lines as sales
cross join nowhere
left join areas_of_dealers
    on sales.dealer_id = areas_of_dealers.dealer_id
where sales.position_no is not null
group by cast(date_trunc('month', sales.shipped_on) as date), sales.position_no, coalesce(areas_of_dealers.area_no, nowhere.area_no)
order by month, position_no, area_no
