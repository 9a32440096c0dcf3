-- What money a dealer has tied up besides stock, at the month's end.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
-- receivables: what the market owes the dealer, money
-- claims: what suppliers still owe the dealer, money
-- fixed_assets: vehicles and equipment, net, money
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(date_trunc('month', month) as date) as month,
    cast(receivables as double) as receivables,
    cast(claims as double) as claims,
    cast(fixed_assets as double) as fixed_assets,
    _source,
    _line
from main.dealer_assets
