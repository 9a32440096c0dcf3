-- What was asked of each place that is supplied in a month, and on how many working days the article was there to be bought.
-- Of our own places what they shipped, of a dealer what it sold on; the places of one dealer count as one, under the first of them.
-- Places and articles are numbered by the order of their codes: sums over numbers are quicker than over texts.
-- grain: month, place_no, item_no
-- month: first day of the month, month
-- place_no: place, its number in marts.locations; -1 where a sale of ours names none, number
-- item_no: article, its number in marts.items, number
-- qty: quantity, empty where nothing was sold, qty
-- working_days: working days of the month, empty where nobody counted, days
-- in_stock_days: of these the days in stock, days
with places as (
    select
        location_id,
        dealer_id,
        is_own,
        case when is_own or dealer_id is null then location_id else min(location_id) over (partition by dealer_id, is_own) end as position_id
    from marts.locations
    where coalesce(kind, 'branch') <> 'customer'
),

moves as (
    select
        month,
        location_id,
        sku,
        qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from marts.sales_item_month
    union all
    select
        sold.month,
        places.location_id,
        sold.sku,
        sold.qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from marts.dealer_sales_month as sold
    inner join places
        on sold.dealer_id = places.dealer_id
        and places.location_id = places.position_id
    where not places.is_own
    union all
    select
        availability.month,
        places.position_id as location_id,
        availability.sku,
        cast(null as double) as qty,
        availability.working_days,
        availability.in_stock_days
    from marts.availability_month as availability
    inner join places
        on availability.location_id = places.location_id
),

numbered_places as (
    select
        location_id,
        cast(row_number() over (order by location_id) - 1 as integer) as place_no
    from marts.locations
),

numbered_items as (
    select
        item_id,
        cast(row_number() over (order by item_id) - 1 as integer) as item_no
    from marts.items
)

select
    moves.month,
    coalesce(numbered_places.place_no, -1) as place_no,
    numbered_items.item_no,
    sum(moves.qty) as qty,
    max(moves.working_days) as working_days,
    max(moves.in_stock_days) as in_stock_days
from moves
inner join numbered_items
    on moves.sku = numbered_items.item_id
left join numbered_places
    on moves.location_id = numbered_places.location_id
where moves.location_id is null
    or numbered_places.place_no is not null
group by moves.month, coalesce(numbered_places.place_no, -1), numbered_items.item_no
order by month, place_no, item_no
