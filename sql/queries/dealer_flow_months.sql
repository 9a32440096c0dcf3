-- What dealers bought from us and what they sold on, in some months.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- bought_qty: quantity bought, returns deducted, qty
-- bought_value: net sales to the dealer, money
-- bought_cost: the same at cost, money
-- sold_on_qty: quantity sold on, empty where the dealer told nothing, qty
-- sold_on_value: at the dealer's prices, empty where it told nothing, money
-- sold_on_cost: at our cost, empty where it told nothing, money
select
    month,
    dealer_id,
    bought_qty,
    bought_value,
    bought_cost,
    sold_on_qty,
    sold_on_value,
    sold_on_cost
from marts.dealer_flow_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, dealer_id
