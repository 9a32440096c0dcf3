-- Invoices that dealers owe us, or credit notes that we owe them.
-- grain: invoice_id
-- invoice_id: invoice, code
-- dealer_id: dealer who owes it, code
-- invoiced_on: day of the invoice, day
-- due_on: day by which it must be paid, day
-- amount: amount, a credit note is negative, money
select
    invoice_id,
    dealer_id,
    invoiced_on,
    due_on,
    amount
from staging.stg_invoices
order by invoice_id
