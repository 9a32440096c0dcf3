-- Money and hours of marketing, as loaded.
-- grain: month, sphere
-- month: first day of the month, month
-- sphere: business sphere, text
-- budget: marketing budget of the month, money
-- other_spend: money spent otherwise than on promotions of lines, money
-- hours_a: hours on lines of class A, hours
-- hours_new: hours on new lines, hours
-- hours_other: hours on everything else, hours
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    cast(date_trunc('month', month) as date) as month,
    sphere,
    cast(budget as double) as budget,
    cast(other_spend as double) as other_spend,
    cast(hours_a as double) as hours_a,
    cast(hours_new as double) as hours_new,
    cast(hours_other as double) as hours_other,
    _source,
    _line
from main.marketing_budget
