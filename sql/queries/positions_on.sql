-- Article at each place that is supplied: stock of the newest count, demand of a window, and how far it was there to be bought.
-- The places of one dealer count as one, under the first of them; sales of ours that name no place count for $single_place.
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
with places as (
    select
        location_id,
        dealer_id,
        is_own,
        case when is_own or dealer_id is null then location_id else min(location_id) over (partition by dealer_id, is_own) end as position_id
    from marts.locations
    where coalesce(kind, 'branch') <> 'customer'
),

wanted as (
    select *
    from places
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

shipped as (
    select
        coalesce(location_id, cast($single_place as varchar)) as location_id,
        sku,
        cast(date_trunc('month', shipped_on) as date) as month,
        sum(qty) as qty
    from marts.sales_item_day
    where shipped_on between cast($first as date) and cast($last as date)
    group by coalesce(location_id, cast($single_place as varchar)), sku, cast(date_trunc('month', shipped_on) as date)
),

sold_on as (
    select
        dealer_id,
        sku,
        cast(date_trunc('month', sold_on) as date) as month,
        sum(qty) as qty
    from marts.dealer_sales_day
    where sold_on between cast($first as date) and cast($last as date)
    group by dealer_id, sku, cast(date_trunc('month', sold_on) as date)
),

sold as (
    select
        shipped.location_id,
        shipped.sku,
        shipped.month,
        shipped.qty
    from shipped
    inner join wanted
        on shipped.location_id = wanted.location_id
    where wanted.is_own
    union all
    select
        wanted.location_id,
        sold_on.sku,
        sold_on.month,
        sold_on.qty
    from sold_on
    inner join wanted
        on sold_on.dealer_id = wanted.dealer_id
        and wanted.location_id = wanted.position_id
    where not wanted.is_own
),

present as (
    select
        wanted.position_id as location_id,
        availability.sku,
        availability.month,
        max(case when months.part_days < availability.working_days then months.part_days else availability.working_days end) as working_days,
        max(
            case
                when months.part_days < availability.working_days then availability.in_stock_days * months.part_days / nullif(availability.working_days, 0)
                else availability.in_stock_days
            end
        ) as in_stock_days
    from marts.availability_month as availability
    inner join months
        on availability.month = months.month
    inner join wanted
        on availability.location_id = wanted.location_id
    group by wanted.position_id, availability.sku, availability.month
),

demand as (
    select
        coalesce(sold.location_id, present.location_id) as location_id,
        coalesce(sold.sku, present.sku) as sku,
        sum(sold.qty) as sold_qty,
        sum(case when present.month is not null then sold.qty end) as covered_qty,
        sum(present.working_days) as covered_days,
        sum(present.in_stock_days) as in_stock_days,
        count(present.month) as covered_months
    from sold
    full outer join present
        on sold.location_id = present.location_id
        and sold.sku = present.sku
        and sold.month = present.month
    where cast($items as varchar[]) is null or coalesce(sold.sku, present.sku) in (select unnest(cast($items as varchar[])))
    group by coalesce(sold.location_id, present.location_id), coalesce(sold.sku, present.sku)
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
