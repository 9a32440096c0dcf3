-- What dealers owed at the end of each month in which anything was sold, invoiced or paid; credit notes and payments without an invoice count apart.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- receivable_value: open amounts of invoices, money
-- overdue_value: of it due before the month's end, money
-- overdue_over_60_value: of it due more than 60 days before, money
with months as (
    select distinct
        month,
        last_day(month) as ended_on
    from marts.sales_month
    union
    select distinct
        cast(date_trunc('month', invoiced_on) as date) as month,
        last_day(invoiced_on) as ended_on
    from marts.invoices
    union
    select distinct
        cast(date_trunc('month', paid_on) as date) as month,
        last_day(paid_on) as ended_on
    from marts.payments
),

paid as (
    select
        invoice_id,
        last_day(paid_on) as ended_on,
        sum(amount) as amount
    from marts.payments
    where invoice_id is not null
    group by invoice_id, last_day(paid_on)
),

open_invoices as (
    select
        months.month,
        months.ended_on,
        invoices.invoice_id,
        invoices.dealer_id,
        invoices.due_on,
        invoices.amount - coalesce(sum(paid.amount), 0) as open_amount
    from marts.invoices as invoices
    inner join months
        on invoices.invoiced_on <= months.ended_on
    left join paid
        on invoices.invoice_id = paid.invoice_id
        and paid.ended_on <= months.ended_on
    where invoices.amount > 0
    group by months.month, months.ended_on, invoices.invoice_id, invoices.dealer_id, invoices.due_on, invoices.amount
)

select
    month,
    dealer_id,
    sum(open_amount) as receivable_value,
    sum(case when due_on < ended_on then open_amount else 0 end) as overdue_value,
    sum(case when date_diff('day', due_on, ended_on) > 60 then open_amount else 0 end) as overdue_over_60_value
from open_invoices
where open_amount > 0.005
group by month, dealer_id
order by month, dealer_id
