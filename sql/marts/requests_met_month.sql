-- What dealers asked for a month beforehand, beside what they took in it; only months in which the dealer had asked for something.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- asked_qty: quantity of the last request before the month, qty
-- taken_qty: quantity shipped in the month, qty
-- apart_qty: distances between the two, added up over articles without regard to sign, qty
with asked as (
    select
        month,
        dealer_id,
        sku,
        qty
    from staging.stg_requests
    where made_on < month
        and month <= (select max(month) from marts.sales_month)
    qualify row_number() over (
        partition by month, dealer_id, sku
        order by made_on desc, _source desc, _line desc
    ) = 1
),

asking as (
    select distinct
        month,
        dealer_id
    from asked
),

taken as (
    select
        sales.month,
        sales.dealer_id,
        sales.sku,
        sum(sales.qty) as qty
    from marts.sales_month as sales
    inner join asking
        on sales.month = asking.month
        and sales.dealer_id = asking.dealer_id
    group by sales.month, sales.dealer_id, sales.sku
),

both_sides as (
    select
        coalesce(asked.month, taken.month) as month,
        coalesce(asked.dealer_id, taken.dealer_id) as dealer_id,
        coalesce(asked.qty, 0) as asked_qty,
        coalesce(taken.qty, 0) as taken_qty
    from asked
    full join taken
        on asked.month = taken.month
        and asked.dealer_id = taken.dealer_id
        and asked.sku = taken.sku
)

select
    month,
    dealer_id,
    sum(asked_qty) as asked_qty,
    sum(taken_qty) as taken_qty,
    sum(abs(asked_qty - taken_qty)) as apart_qty
from both_sides
group by month, dealer_id
order by month, dealer_id
