-- Money that will have to be paid after a day.
-- grain: due_on, what
-- due_on: day on which it is to be paid, day
-- what: what it is for, text
-- amount: amount to be paid, money
select
    due_on,
    what,
    amount
from marts.planned_payments
where due_on > cast($as_of as date)
order by due_on, what
