-- Money and hours of marketing by month and sphere, of some months.
-- grain: month, sphere
-- month: first day of the month, month
-- sphere: business sphere, text
-- budget: marketing budget, money
-- other_spend: money spent otherwise than on promotions of lines, money
-- hours_a: hours on lines of class A, hours
-- hours_new: hours on new lines, hours
-- hours_other: hours on everything else, hours
select
    month,
    sphere,
    budget,
    other_spend,
    hours_a,
    hours_new,
    hours_other
from marts.marketing_budget_month
where month between cast($first_month as date) and cast($last_month as date)
order by month, sphere
