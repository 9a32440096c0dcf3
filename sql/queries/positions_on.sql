-- Article at each place that is supplied: stock of the newest count, demand of a window, and how far it was there to be bought.
-- The places of one dealer count as one, under the first of them; sales of ours that name no place count for $single_place.
-- $months are the months of the window; $part_days are empty for those that lie in it as a whole, else their working days in it.
-- grain: location_id, sku
-- location_id: place, of a dealer with several the first, code
-- sku: article, code
-- counted_on: day of the oldest count among them, day
-- reported_on: day on which it was told to us, day
-- on_hand_qty: sound quantity on hand, unknown where it is not in the count, qty
-- in_transit_qty: quantity under way, qty
-- committed_qty: quantity promised, qty
-- sold_qty: sold in the window (a dealer's own sales; of our places what they shipped), qty
-- covered_qty: of it in the months of which is known how long the article was in stock, qty
-- covered_days: working days of these months that lie in the window, days
-- in_stock_days: of these the days in stock, days
-- covered_months: how many such months there are, count
with wanted as (
    select *
    from marts.supplied_places
    where cast($places as varchar[]) is null or position_id in (select unnest(cast($places as varchar[])))
),

newest_counts as (
    select
        location_id,
        max(counted_on) as counted_on
    from marts.stock_counts
    where counted_on <= cast($as_of as date)
    group by location_id
),

stock as (
    select
        wanted.position_id as location_id,
        found.item_id as sku,
        min(found.counted_on) as counted_on,
        min(coalesce(found.reported_on, found.counted_on)) as reported_on,
        sum(found.on_hand_qty) as on_hand_qty,
        sum(found.in_transit_qty) as in_transit_qty,
        sum(found.committed_qty) as committed_qty
    from marts.stock_sound_day as found
    inner join newest_counts
        on found.location_id = newest_counts.location_id
        and found.counted_on = newest_counts.counted_on
    inner join wanted
        on found.location_id = wanted.location_id
    where cast($items as varchar[]) is null or found.item_id in (select unnest(cast($items as varchar[])))
    group by wanted.position_id, found.item_id
),

months as (
    select
        unnest(cast($months as date[])) as month,
        unnest(cast($part_days as double[])) as part_days
),

-- Whole months are read as they were summed at the build, the days of the others one by one.
flows as (
    select
        coalesce(flow.position_id, cast($single_place as varchar)) as location_id,
        flow.sku,
        flow.month,
        flow.sold_qty,
        flow.working_days,
        flow.in_stock_days
    from marts.position_month as flow
    inner join months
        on flow.month = months.month
    where months.part_days is null
    union all
    select
        coalesce(sales.location_id, cast($single_place as varchar)) as location_id,
        sales.sku,
        months.month,
        sales.qty as sold_qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from marts.sales_item_day as sales
    inner join months
        on cast(date_trunc('month', sales.shipped_on) as date) = months.month
    inner join marts.supplied_places as places
        on coalesce(sales.location_id, cast($single_place as varchar)) = places.location_id
    where months.part_days is not null
        and sales.shipped_on between cast($first as date) and cast($last as date)
        and places.is_own
    union all
    select
        places.location_id,
        sold_on.sku,
        months.month,
        sold_on.qty as sold_qty,
        cast(null as double) as working_days,
        cast(null as double) as in_stock_days
    from marts.dealer_sales_day as sold_on
    inner join months
        on cast(date_trunc('month', sold_on.sold_on) as date) = months.month
    inner join marts.supplied_places as places
        on sold_on.dealer_id = places.dealer_id
        and places.location_id = places.position_id
    where months.part_days is not null
        and sold_on.sold_on between cast($first as date) and cast($last as date)
        and not places.is_own
    union all
    select
        places.position_id as location_id,
        availability.sku,
        availability.month,
        cast(null as double) as sold_qty,
        least(months.part_days, availability.working_days) as working_days,
        case
            when months.part_days < availability.working_days then availability.in_stock_days * months.part_days / nullif(availability.working_days, 0)
            else availability.in_stock_days
        end as in_stock_days
    from marts.availability_month as availability
    inner join months
        on availability.month = months.month
    inner join marts.supplied_places as places
        on availability.location_id = places.location_id
    where months.part_days is not null
),

by_month as (
    select
        location_id,
        sku,
        month,
        sum(sold_qty) as sold_qty,
        max(working_days) as working_days,
        max(in_stock_days) as in_stock_days
    from flows
    where (cast($places as varchar[]) is null or location_id in (select unnest(cast($places as varchar[]))))
        and (cast($items as varchar[]) is null or sku in (select unnest(cast($items as varchar[]))))
        and location_id is not null
    group by location_id, sku, month
),

demand as (
    select
        location_id,
        sku,
        sum(sold_qty) as sold_qty,
        sum(case when working_days is not null then sold_qty end) as covered_qty,
        sum(working_days) as covered_days,
        sum(in_stock_days) as in_stock_days,
        count(working_days) as covered_months
    from by_month
    group by location_id, sku
)

select
    coalesce(stock.location_id, demand.location_id) as location_id,
    coalesce(stock.sku, demand.sku) as sku,
    stock.counted_on,
    stock.reported_on,
    stock.on_hand_qty,
    stock.in_transit_qty,
    stock.committed_qty,
    demand.sold_qty,
    demand.covered_qty,
    demand.covered_days,
    demand.in_stock_days,
    coalesce(demand.covered_months, 0) as covered_months
from stock
full outer join demand
    on stock.location_id = demand.location_id
    and stock.sku = demand.sku
