-- Money and hours of marketing by month and sphere.
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
    sum(budget) as budget,
    sum(other_spend) as other_spend,
    sum(hours_a) as hours_a,
    sum(hours_new) as hours_new,
    sum(hours_other) as hours_other
from staging.stg_marketing_budget
group by month, sphere
order by month, sphere
