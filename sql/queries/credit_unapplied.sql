-- Money that came until a day and settles no invoice of that day: advances, payments without an invoice, or with one that nobody knows.
-- grain: dealer_id, why
-- dealer_id: dealer who paid, code
-- why: no_invoice (none named), unknown_invoice (none of that number) or early (the invoice came later), text
-- amount: money that came, money
-- payments: how many payments, count
with loose as (
    select
        dealer_id,
        case
            when invoice_id is null then 'no_invoice'
            when invoiced_on is null then 'unknown_invoice'
            else 'early'
        end as why,
        amount
    from marts.payments
    where paid_on <= cast($as_of as date)
        and (invoiced_on is null or invoiced_on > cast($as_of as date))
        and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
)

select
    dealer_id,
    why,
    sum(amount) as amount,
    count(*) as payments
from loose
group by dealer_id, why
order by dealer_id, why
