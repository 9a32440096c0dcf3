-- The dealers' own costs and other income.
-- grain: dealer_id, month, item, supplier
-- dealer_id: dealer, code
-- month: first day of the month, month
-- item: warehousing, transport, people and so on, text
-- supplier: own or other; empty where it concerns both, text
-- amount: amount, positive, money
-- controllable: whether the dealer can influence it, may be unknown, flag
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(date_trunc('month', month) as date) as month,
    item,
    supplier,
    cast(amount as double) as amount,
    controllable,
    _source,
    _line
from main.dealer_costs
