-- Payments, with the invoice that each of them pays, where we know it.
-- grain: payment_id
-- payment_id: payment, code
-- dealer_id: dealer who paid, code
-- paid_on: day on which the money came, day
-- amount: amount, money
-- invoice_id: invoice that it names, may be empty, code
-- invoiced_on: day of that invoice, empty where no such invoice was loaded, day
-- due_on: day by which that invoice was to be paid, day
select
    payments.payment_id,
    payments.dealer_id,
    payments.paid_on,
    payments.amount,
    payments.invoice_id,
    invoices.invoiced_on,
    invoices.due_on
from staging.stg_payments as payments
left join staging.stg_invoices as invoices
    on payments.invoice_id = invoices.invoice_id
order by payments.payment_id
