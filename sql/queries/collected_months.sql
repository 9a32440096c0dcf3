-- Money that came in from dealers, by month, up to a day.
-- grain: month
-- month: month, by its first day, month
-- amount: money that came in, money
select
    cast(date_trunc('month', paid_on) as date) as month,
    sum(amount) as amount
from marts.payments
where paid_on <= cast($as_of as date)
group by cast(date_trunc('month', paid_on) as date)
order by month
