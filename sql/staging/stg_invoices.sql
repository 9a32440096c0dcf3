-- What we charged dealers, one row an invoice; a credit note is negative.
-- grain: invoice_id
-- invoice_id: invoice, code
-- dealer_id: dealer who owes it, code
-- invoiced_on: day of the invoice, day
-- due_on: day by which it must be paid, day
-- amount: amount, money
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    invoice_id,
    dealer_id,
    cast(invoiced_on as date) as invoiced_on,
    cast(due_on as date) as due_on,
    cast(amount as double) as amount,
    _source,
    _line
from main.invoices
