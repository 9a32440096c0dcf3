-- What was asked of some places in some months, and on how many working days the article was there to be bought.
-- grain: month, place_no, item_no
-- month: first day of the month, month
-- place_no: place, its number in marts.locations; -1 where a sale of ours names none, number
-- item_no: article, its number in marts.items, number
-- qty: quantity, empty where nothing was sold, qty
-- working_days: working days of the month, empty where nobody counted, days
-- in_stock_days: of these the days in stock, days
select
    month,
    place_no,
    item_no,
    qty,
    working_days,
    in_stock_days
from marts.demand_month
where month between cast($first_month as date) and cast($last_month as date)
    and place_no in (select unnest(cast($places as integer[])))
