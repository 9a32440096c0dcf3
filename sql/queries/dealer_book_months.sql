-- From which to which month the dealers' own books reach.
-- grain: (one row)
-- first_month: first month, month
-- last_month: last month, month
select
    min(month) as first_month,
    max(month) as last_month
from marts.dealer_mix_month
