-- What serving dealers cost us in some months.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
-- amount: amount over all items, money
select
    dealer_id,
    month,
    amount
from marts.cost_to_serve_month
where month between cast($first_month as date) and cast($last_month as date)
    and (cast($dealers as varchar[]) is null or dealer_id in (select unnest(cast($dealers as varchar[]))))
order by dealer_id, month
