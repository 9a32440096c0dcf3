-- What dealers owed at the end of some months.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- receivable_value: open amounts of invoices, money
-- overdue_value: of it due before the month's end, money
-- overdue_over_60_value: of it due more than 60 days before, money
select
    month,
    dealer_id,
    receivable_value,
    overdue_value,
    overdue_over_60_value
from marts.receivables_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id
