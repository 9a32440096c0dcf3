-- Sales representatives, and when they were last trained.
-- grain: sales_rep
-- sales_rep: name, text
-- kind: own or dealer, may be unknown, text
-- trained_on: day of the last training, may be unknown, day
select
    sales_rep,
    kind,
    trained_on
from marts.sales_reps
order by sales_rep
