-- What dealers paid, one row a payment.
-- grain: payment_id
-- payment_id: payment, code
-- dealer_id: dealer who paid, code
-- paid_on: day on which the money came, day
-- amount: amount, money
-- invoice_id: invoice that it pays, may be unknown, code
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    payment_id,
    dealer_id,
    cast(paid_on as date) as paid_on,
    cast(amount as double) as amount,
    invoice_id,
    _source,
    _line
from main.payments
