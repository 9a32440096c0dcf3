-- What money dealers had tied up at the ends of some months.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
-- stock_value: stock in the dealer's places at cost, unknown where none was counted, money
-- counted_on: oldest count that stands for the month's end, day
-- receivables: what the market owes the dealer, unknown where nobody said, money
-- claims: what suppliers still owe the dealer, money
-- fixed_assets: vehicles and equipment, net, money
-- is_told: whether the dealer told what is tied up besides stock, flag
select
    dealer_id,
    month,
    stock_value,
    counted_on,
    receivables,
    claims,
    fixed_assets,
    is_told
from marts.dealer_capital_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by dealer_id, month
