-- What a dealer had, bought, sold on and adjusted in a month for which it reported a count at both ends, by article.
-- What was shipped in the last days of a month may only arrive in the next, so it is kept apart.
-- grain: month, dealer_id, sku
-- month: first day of the month, month
-- dealer_id: dealer, code
-- sku: article, code
-- opening_qty: count at the end of the month before, qty
-- bought_qty: shipped to the dealer, qty
-- late_before_qty: of the month before, shipped in its last ten days, qty
-- late_qty: of this month, shipped in its last ten days, qty
-- sold_on_qty: sold on by the dealer, qty
-- adjusted_qty: adjustments at the dealer's places, qty
-- closing_qty: count at the end of the month, qty
with places as (
    select
        location_id,
        dealer_id
    from marts.locations
    where not is_own
        and coalesce(kind, 'dealer') = 'dealer'
        and dealer_id is not null
),

counted as (
    select
        places.dealer_id,
        stock.month,
        stock.item_id as sku,
        sum(stock.stock_qty) as qty
    from marts.stock_month as stock
    inner join places
        on stock.location_id = places.location_id
    where cast(date_trunc('month', stock.counted_on) as date) = stock.month
    group by places.dealer_id, stock.month, stock.item_id
),

reported as (
    select distinct
        dealer_id,
        month
    from counted
),

both_ends as (
    select
        here.dealer_id,
        here.month,
        before.month as month_before
    from reported as here
    inner join reported as before
        on here.dealer_id = before.dealer_id
        and here.month = cast(before.month + interval '1' month as date)
),

shipped as (
    select
        dealer_id,
        sku,
        cast(date_trunc('month', shipped_on) as date) as month,
        sum(qty) as qty,
        sum(case when date_trunc('month', shipped_on + interval '10' day) > date_trunc('month', shipped_on) then qty else 0 end) as late_qty
    from marts.sales_lines
    where dealer_id is not null
    group by dealer_id, sku, cast(date_trunc('month', shipped_on) as date)
),

adjusted as (
    select
        places.dealer_id,
        adjustments.item_id as sku,
        cast(date_trunc('month', adjustments.adjusted_on) as date) as month,
        sum(adjustments.qty) as qty
    from staging.stg_adjustments as adjustments
    inner join places
        on adjustments.location_id = places.location_id
    group by places.dealer_id, adjustments.item_id, cast(date_trunc('month', adjustments.adjusted_on) as date)
),

moves as (
    select
        both_ends.dealer_id,
        both_ends.month,
        counted.sku,
        counted.qty as opening_qty,
        0 as bought_qty,
        0 as late_before_qty,
        0 as late_qty,
        0 as sold_on_qty,
        0 as adjusted_qty,
        0 as closing_qty
    from both_ends
    inner join counted
        on both_ends.dealer_id = counted.dealer_id
        and both_ends.month_before = counted.month
    union all
    select
        both_ends.dealer_id,
        both_ends.month,
        counted.sku,
        0,
        0,
        0,
        0,
        0,
        0,
        counted.qty
    from both_ends
    inner join counted
        on both_ends.dealer_id = counted.dealer_id
        and both_ends.month = counted.month
    union all
    select
        both_ends.dealer_id,
        both_ends.month,
        shipped.sku,
        0,
        shipped.qty,
        0,
        shipped.late_qty,
        0,
        0,
        0
    from both_ends
    inner join shipped
        on both_ends.dealer_id = shipped.dealer_id
        and both_ends.month = shipped.month
    union all
    select
        both_ends.dealer_id,
        both_ends.month,
        shipped.sku,
        0,
        0,
        shipped.late_qty,
        0,
        0,
        0,
        0
    from both_ends
    inner join shipped
        on both_ends.dealer_id = shipped.dealer_id
        and both_ends.month_before = shipped.month
    union all
    select
        both_ends.dealer_id,
        both_ends.month,
        sold.sku,
        0,
        0,
        0,
        0,
        sold.qty,
        0,
        0
    from both_ends
    inner join marts.dealer_sales_month as sold
        on both_ends.dealer_id = sold.dealer_id
        and both_ends.month = sold.month
    union all
    select
        both_ends.dealer_id,
        both_ends.month,
        adjusted.sku,
        0,
        0,
        0,
        0,
        0,
        adjusted.qty,
        0
    from both_ends
    inner join adjusted
        on both_ends.dealer_id = adjusted.dealer_id
        and both_ends.month = adjusted.month
)

select
    month,
    dealer_id,
    sku,
    sum(opening_qty) as opening_qty,
    sum(bought_qty) as bought_qty,
    sum(late_before_qty) as late_before_qty,
    sum(late_qty) as late_qty,
    sum(sold_on_qty) as sold_on_qty,
    sum(adjusted_qty) as adjusted_qty,
    sum(closing_qty) as closing_qty
from moves
group by month, dealer_id, sku
order by month, dealer_id, sku
