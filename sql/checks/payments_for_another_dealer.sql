-- A payment of one dealer names an invoice of another; it settles the invoice that it names.
-- severity: tell
select
    payments.payment_id,
    payments.dealer_id,
    payments.invoice_id,
    invoices.dealer_id as owing_dealer_id,
    payments.amount
from marts.payments as payments
inner join marts.invoices as invoices
    on payments.invoice_id = invoices.invoice_id
where payments.dealer_id <> invoices.dealer_id
