-- Large deals under negotiation, as they stood last.
-- grain: deal_id, line_id, month
-- deal_id: deal, code
-- line_id: line, code
-- month: month of delivery, month
-- customer: with whom, text
-- qty: quantity, qty
-- probability: chance of signing, share
-- stage: stage of the negotiation, text
-- expected_sign_on: day on which it should be signed, day
select
    deal_id,
    line_id,
    cast(date_trunc('month', month) as date) as month,
    max(customer) as customer,
    sum(qty) as qty,
    min(probability) as probability,
    max(stage) as stage,
    max(expected_sign_on) as expected_sign_on
from staging.stg_deals
group by deal_id, line_id, cast(date_trunc('month', month) as date)
order by deal_id, line_id, month
