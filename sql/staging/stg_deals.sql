-- Deals under negotiation, as loaded.
-- grain: _source, _line
-- deal_id: deal, code
-- line_id: line, code
-- month: month of delivery, month
-- customer: with whom, text
-- qty: quantity, qty
-- probability: chance of signing, share
-- stage: stage of the negotiation, text
-- as_of: day on which this was so, day
-- expected_sign_on: day on which it should be signed, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    deal_id,
    line_id,
    cast(month as date) as month,
    customer,
    cast(qty as double) as qty,
    cast(probability as double) as probability,
    stage,
    cast(as_of as date) as as_of,
    cast(expected_sign_on as date) as expected_sign_on,
    _source,
    _line
from main.deals
