-- How dealers bought and paid between two days: sums from which means are made.
-- grain: dealer_id
-- dealer_id: dealer, code
-- invoiced_value: invoiced, credit notes deducted, money
-- paid_value: paid against invoices that we know, refunds left out, money
-- late_value: of that, paid after the day by which it was due, money
-- money_days_late: paid amounts × days after that day, early ones negative, money × days
with invoiced as (
    select
        dealer_id,
        sum(amount) as invoiced_value
    from marts.invoices
    where invoiced_on between cast($first as date) and cast($last as date)
    group by dealer_id
),

paid as (
    select
        dealer_id,
        sum(amount) as paid_value,
        sum(case when paid_on > due_on then amount else 0 end) as late_value,
        sum(amount * (paid_on - due_on)) as money_days_late
    from marts.payments
    where paid_on between cast($first as date) and cast($last as date)
        and due_on is not null
        and amount > 0
    group by dealer_id
)

select
    coalesce(invoiced.dealer_id, paid.dealer_id) as dealer_id,
    invoiced.invoiced_value,
    paid.paid_value,
    paid.late_value,
    paid.money_days_late
from invoiced
full outer join paid
    on invoiced.dealer_id = paid.dealer_id
where cast($dealers as varchar[]) is null or coalesce(invoiced.dealer_id, paid.dealer_id) in (select unnest(cast($dealers as varchar[])))
order by dealer_id
