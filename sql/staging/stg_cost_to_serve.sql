-- What serving a dealer costs us.
-- grain: dealer_id, month, item
-- dealer_id: dealer, code
-- month: first day of the month, month
-- item: what the money was spent on, text
-- amount: amount, money
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(date_trunc('month', month) as date) as month,
    item,
    cast(amount as double) as amount,
    _source,
    _line
from main.cost_to_serve
