-- What money a dealer has tied up at the end of a month: in stock, by the newest count of the dealer's places, and elsewhere.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
-- stock_value: stock in the dealer's places at cost, unknown where none was counted, money
-- counted_on: oldest count that stands for the month's end, day
-- receivables: what the market owes the dealer, unknown where nobody said, money
-- claims: what suppliers still owe the dealer, money
-- fixed_assets: vehicles and equipment, net, money
-- is_told: whether the dealer told what is tied up besides stock, flag
with stocks as (
    select
        locations.dealer_id,
        stock.month,
        sum(stock.stock_value) as stock_value,
        min(stock.counted_on) as counted_on
    from marts.stock_month as stock
    inner join marts.locations as locations
        on stock.location_id = locations.location_id
    where locations.dealer_id is not null
        and not locations.is_own
    group by locations.dealer_id, stock.month
),

assets as (
    select
        dealer_id,
        cast(date_trunc('month', month) as date) as month,
        sum(receivables) as receivables,
        sum(claims) as claims,
        sum(fixed_assets) as fixed_assets
    from staging.stg_dealer_assets
    group by dealer_id, cast(date_trunc('month', month) as date)
)

select
    coalesce(stocks.dealer_id, assets.dealer_id) as dealer_id,
    coalesce(stocks.month, assets.month) as month,
    stocks.stock_value,
    stocks.counted_on,
    assets.receivables,
    assets.claims,
    assets.fixed_assets,
    assets.dealer_id is not null as is_told
from stocks
full outer join assets
    on stocks.dealer_id = assets.dealer_id
    and stocks.month = assets.month
order by dealer_id, month
