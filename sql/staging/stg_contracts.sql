-- What was agreed with dealers by contract, month and product or line, as loaded.
-- grain: _source, _line
-- contract_id: contract, code
-- sku: article, or empty, code
-- line_id: line, or empty, code
-- month: month, by its first day, month
-- dealer_id: dealer who signed, code
-- kind: small or large, text
-- agreed_qty: quantity agreed, qty
-- delivered_qty: quantity delivered so far, qty
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    contract_id,
    sku,
    line_id,
    cast(month as date) as month,
    dealer_id,
    kind,
    cast(agreed_qty as double) as agreed_qty,
    cast(delivered_qty as double) as delivered_qty,
    _source,
    _line
from main.contracts
