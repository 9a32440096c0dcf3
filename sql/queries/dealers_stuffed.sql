-- Which dealers bought more than they sold on for months running, month by month, as it was kept for the scorecard of the newest whole month.
-- grain: dealer_id, month
-- dealer_id: dealer, code
-- month: first day of the month, month
select
    dealer_id,
    month
from kept.dealers_stuffed
where month_of_score = cast($newest as date) and settings = $settings
order by dealer_id, month
