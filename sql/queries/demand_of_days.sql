-- What was asked of each place that is supplied on some days, by the numbers of place and article: of our own places what they shipped, of a
-- dealer what it sold on; the places of one dealer count as one, under the first of them.
-- grain: place_no, item_no
-- place_no: place, its number in marts.locations; -1 where a sale of ours names none, number
-- item_no: article, its number in marts.items, number
-- qty: quantity, qty
with places as (
    select
        location_id,
        dealer_id,
        is_own,
        case when is_own or dealer_id is null then location_id else min(location_id) over (partition by dealer_id, is_own) end as position_id
    from marts.locations
    where coalesce(kind, 'branch') <> 'customer'
),

sold as (
    select
        location_id,
        sku,
        sum(qty) as qty
    from marts.sales_item_day
    where shipped_on between cast($first as date) and cast($last as date)
    group by location_id, sku
    union all
    select
        places.location_id,
        sold_on.sku,
        sum(sold_on.qty) as qty
    from marts.dealer_sales_day as sold_on
    inner join places
        on sold_on.dealer_id = places.dealer_id
        and places.location_id = places.position_id
    where not places.is_own
        and sold_on.sold_on between cast($first as date) and cast($last as date)
    group by places.location_id, sold_on.sku
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
    coalesce(numbered_places.place_no, -1) as place_no,
    numbered_items.item_no,
    sum(sold.qty) as qty
from sold
inner join numbered_items
    on sold.sku = numbered_items.item_id
left join numbered_places
    on sold.location_id = numbered_places.location_id
where sold.location_id is null
    or numbered_places.place_no is not null
group by coalesce(numbered_places.place_no, -1), numbered_items.item_no
order by place_no, numbered_items.item_no
