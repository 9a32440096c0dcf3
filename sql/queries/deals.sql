-- Large deals under negotiation.
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
    month,
    customer,
    qty,
    probability,
    stage,
    expected_sign_on
from marts.deals
