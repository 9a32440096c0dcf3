-- What dealers bought from us and what they sold on, by month; costs at the article's unit cost.
-- grain: month, dealer_id
-- month: first day of the month, month
-- dealer_id: dealer, code
-- bought_qty: quantity bought, returns deducted, qty
-- bought_value: net sales to the dealer, money
-- bought_cost: the same at cost, money
-- sold_on_qty: quantity sold on, empty where the dealer told nothing, qty
-- sold_on_value: at the dealer's prices, empty where it told nothing, money
-- sold_on_cost: at our cost, empty where it told nothing, money
with bought as (
    select
        sales.month,
        sales.dealer_id,
        sum(sales.qty) as qty,
        sum(sales.net_value) as value,
        sum(sales.qty * items.unit_cost) as cost
    from marts.sales_month as sales
    left join marts.items as items
        on sales.sku = items.item_id
    group by sales.month, sales.dealer_id
),

sold_on as (
    select
        sales.month,
        sales.dealer_id,
        sum(sales.qty) as qty,
        sum(sales.net_value) as value,
        sum(sales.qty * items.unit_cost) as cost
    from marts.dealer_sales_month as sales
    left join marts.items as items
        on sales.sku = items.item_id
    group by sales.month, sales.dealer_id
)

select
    coalesce(bought.month, sold_on.month) as month,
    coalesce(bought.dealer_id, sold_on.dealer_id) as dealer_id,
    bought.qty as bought_qty,
    bought.value as bought_value,
    bought.cost as bought_cost,
    sold_on.qty as sold_on_qty,
    sold_on.value as sold_on_value,
    sold_on.cost as sold_on_cost
from bought
full join sold_on
    on bought.month = sold_on.month
    and bought.dealer_id = sold_on.dealer_id
order by month, dealer_id
