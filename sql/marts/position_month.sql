-- What left each supplied place in a month, and on how many working days it was there to be bought, by article.
-- grain: month, position_id, sku
-- month: first day of the month, month
-- position_id: place, of a dealer with several the first; empty for sales of ours that name no place, code
-- sku: article, code
-- sold_qty: sold (a dealer's own sales; of our places what they shipped), empty where nothing was, qty
-- working_days: working days of the month, empty where nobody kept count of the article, days
-- in_stock_days: of these the days in stock, days
with shipped as (
    select
        sales.month,
        places.position_id,
        sales.sku,
        sales.qty
    from marts.sales_item_month as sales
    inner join marts.supplied_places as places
        on sales.location_id = places.location_id
    where places.is_own
    union all
    select
        month,
        cast(null as varchar) as position_id,
        sku,
        qty
    from marts.sales_item_month
    where location_id is null
),

positions_of_dealers as (
    select distinct
        dealer_id,
        position_id
    from marts.supplied_places
    where not is_own
        and dealer_id is not null
),

moved as (
    select
        month,
        position_id,
        sku,
        qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from shipped
    union all
    select
        sold_on.month,
        places.position_id,
        sold_on.sku,
        sold_on.qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from marts.dealer_sales_month as sold_on
    inner join positions_of_dealers as places
        on sold_on.dealer_id = places.dealer_id
    union all
    select
        availability.month,
        places.position_id,
        availability.sku,
        cast(null as double) as qty,
        availability.working_days,
        availability.in_stock_days
    from marts.availability_month as availability
    inner join marts.supplied_places as places
        on availability.location_id = places.location_id
)

select
    month,
    position_id,
    sku,
    sum(qty) as sold_qty,
    max(working_days) as working_days,
    max(in_stock_days) as in_stock_days
from moved
group by month, position_id, sku
order by month, position_id, sku
