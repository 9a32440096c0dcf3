-- A dealer reported more sales of an article than it had at the beginning of the month and bought until its end.
-- severity: tell
select
    month,
    dealer_id,
    sku,
    opening_qty,
    bought_qty,
    sold_on_qty
from marts.dealer_books_month
where sold_on_qty > opening_qty + late_before_qty + bought_qty + adjusted_qty + 0.5
