-- Credit limits and terms of dealers by the days on which they apply.
-- grain: dealer_id, valid_from
-- dealer_id: dealer, code
-- valid_from: first day, day
-- valid_to: last day, empty while there is none, day
-- credit_limit: the most that the dealer may owe us, money
-- credit_days: days from the invoice until it is due, days
-- deposit: security that the dealer has left with us, money
-- review_on: day on which the terms are to be looked at again, day
select
    dealer_id,
    valid_from,
    valid_to,
    credit_limit,
    credit_days,
    deposit,
    review_on
from staging.stg_credit_terms
order by dealer_id, valid_from
