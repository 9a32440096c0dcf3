-- What was agreed by contract, month and product or line, and what of it was delivered.
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
    cast(date_trunc('month', month) as date) as month,
    kind,
    sum(agreed_qty) as agreed_qty,
    sum(delivered_qty) as delivered_qty
from staging.stg_contracts
group by contract_id, sku, line_id, cast(date_trunc('month', month) as date), kind
order by contract_id, sku, line_id, month, kind
