-- Contracts of the months from a given one on.
-- grain: contract_id, sku, line_id, month, kind
-- contract_id: contract, code
-- sku: article, or empty where a line was agreed, code
-- line_id: line, or empty, code
-- month: month, by its first day, month
-- kind: small or large, text
-- agreed_qty: quantity agreed, qty
-- delivered_qty: quantity delivered so far, qty
select
    contract_id,
    sku,
    line_id,
    month,
    kind,
    agreed_qty,
    delivered_qty
from marts.contracts_month
where month >= cast($from_month as date)
