-- Money that will have to be paid, by day and purpose.
-- grain: due_on, what
-- due_on: day on which it is to be paid, day
-- what: what it is for, text
-- amount: amount to be paid, money
select
    due_on,
    what,
    sum(amount) as amount
from staging.stg_planned_payments
group by due_on, what
order by due_on, what
