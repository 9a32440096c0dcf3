-- What was shipped of each article in a month and what was added to come to what was asked for.
-- grain: sku, month
-- sku: article, code
-- family: line or group that it belongs to, code
-- month: first day of the month, month
-- shipped_qty: shipped less returned, qty
-- returned_qty: returns set off against earlier months, qty
-- missing_qty: usual demand of a month for which the company has no sales at all, qty
-- stock_out_qty: demand of the days on which it was not there, qty
-- promotion_qty: what promotions added, taken away, qty
-- slip_qty: what stood far above the months around it, taken away, qty
-- demand_qty: the sum of these, qty
select
    sku,
    family,
    month,
    shipped_qty,
    returned_qty,
    missing_qty,
    stock_out_qty,
    promotion_qty,
    slip_qty,
    demand_qty
from kept.forecast_history
order by sku, month
