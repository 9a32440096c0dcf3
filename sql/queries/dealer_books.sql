-- Articles of which a dealer's count is not explained by what it had, bought and sold on, or of which it sold more than it had.
-- grain: month, dealer_id, sku
-- month: first day of the month, month
-- dealer_id: dealer, code
-- sku: article, code
-- opening_qty: count at the end of the month before, qty
-- bought_qty: shipped to the dealer, qty
-- sold_on_qty: sold on by the dealer, qty
-- adjusted_qty: adjustments, qty
-- closing_qty: count at the end of the month, qty
-- is_sold_above_stock: sold more than it had, flag
select
    month,
    dealer_id,
    sku,
    opening_qty,
    bought_qty,
    sold_on_qty,
    adjusted_qty,
    closing_qty,
    sold_on_qty > opening_qty + late_before_qty + bought_qty + adjusted_qty + 0.5 as is_sold_above_stock
from marts.dealer_books_month
where month between cast($first_month as date) and cast($last_month as date)
    and (
        closing_qty < opening_qty + least(late_before_qty, 0) + bought_qty - greatest(late_qty, 0) - sold_on_qty + adjusted_qty - 0.5
        or closing_qty > opening_qty + greatest(late_before_qty, 0) + bought_qty - least(late_qty, 0) - sold_on_qty + adjusted_qty + 0.5
    )
