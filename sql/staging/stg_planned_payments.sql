-- Money that will have to be paid, as loaded.
-- grain: _source, _line
-- due_on: day on which it is to be paid, day
-- amount: amount to be paid, money
-- what: what it is for, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(due_on as date) as due_on,
    cast(amount as double) as amount,
    what,
    _source,
    _line
from main.planned_payments
