-- The dealers' own costs, rebates and other income by item.
-- grain: dealer_id, month, item, supplier, controllable
-- dealer_id: dealer, code
-- month: first day of the month, month
-- item: warehousing, transport, people, office, marketing, bad_debt, other, tax, rebate or other_income, text
-- supplier: own or other; empty where it concerns both, text
-- controllable: whether the dealer can influence it, may be unknown, flag
-- amount: amount, positive, money
select
    dealer_id,
    month,
    item,
    supplier,
    controllable,
    sum(amount) as amount
from staging.stg_dealer_costs
group by dealer_id, month, item, supplier, controllable
order by dealer_id, month, item, supplier, controllable
