-- Invoices that are not settled to the cent on a day, with what was paid until then.
-- grain: invoice_id
-- invoice_id: invoice, code
-- dealer_id: dealer, code
-- invoiced_on: day of the invoice, day
-- due_on: day by which it must be paid, day
-- amount: amount, a credit note is negative, money
-- paid_value: paid until that day, money
with paid as (
    select
        invoice_id,
        sum(amount) as paid_value
    from marts.payments
    where paid_on <= cast($as_of as date)
        and invoice_id is not null
    group by invoice_id
)

select
    invoices.invoice_id,
    invoices.dealer_id,
    invoices.invoiced_on,
    invoices.due_on,
    invoices.amount,
    coalesce(paid.paid_value, 0) as paid_value
from marts.invoices as invoices
left join paid
    on invoices.invoice_id = paid.invoice_id
where invoices.invoiced_on <= cast($as_of as date)
    and round(invoices.amount - coalesce(paid.paid_value, 0), 2) <> 0
    and (cast($dealers as varchar[]) is null or invoices.dealer_id in (select unnest(cast($dealers as varchar[]))))
order by invoices.invoice_id
