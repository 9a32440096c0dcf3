-- More was paid on an invoice than it says; what is above it stands as unapplied credit.
-- severity: tell
select
    payments.invoice_id,
    max(invoices.amount) as amount,
    sum(payments.amount) as paid_value
from marts.payments as payments
inner join marts.invoices as invoices
    on payments.invoice_id = invoices.invoice_id
group by payments.invoice_id
having round(sum(payments.amount) - greatest(max(invoices.amount), 0), 2) > 0
