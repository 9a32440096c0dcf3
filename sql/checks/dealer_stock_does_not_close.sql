-- Stock that a dealer counted at a month's end is not what it had before plus what we shipped less what it sold on.
-- severity: tell
select
    month,
    dealer_id,
    sku,
    opening_qty,
    bought_qty,
    sold_on_qty,
    adjusted_qty,
    closing_qty
from marts.dealer_books_month
where closing_qty < opening_qty + least(late_before_qty, 0) + bought_qty - greatest(late_qty, 0) - sold_on_qty + adjusted_qty - 0.5
    or closing_qty > opening_qty + greatest(late_before_qty, 0) + bought_qty - least(late_qty, 0) - sold_on_qty + adjusted_qty + 0.5
