-- The dealers' own costs, rebates and other income in some months.
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
    amount
from marts.dealer_costs_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by dealer_id, month, item, supplier, controllable
