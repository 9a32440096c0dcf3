-- A payment names an invoice that was not loaded; its money stands as unapplied credit.
-- severity: tell
select
    payment_id,
    dealer_id,
    paid_on,
    amount,
    invoice_id
from marts.payments
where invoice_id is not null
    and invoiced_on is null
