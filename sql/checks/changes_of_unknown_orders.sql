-- A change names an order line that was not loaded, so no dealer can be held to it.
-- severity: tell
select
    order_id,
    line_no,
    changed_on,
    kind,
    asked_by
from marts.order_changes
where dealer_id is null
