-- What each dealer may owe us and for how long, by period.
-- grain: dealer_id, valid_from
-- dealer_id: dealer, code
-- valid_from: first day on which the terms apply, day
-- valid_to: last day, empty while there is none, day
-- credit_limit: the most that the dealer may owe us, money
-- credit_days: days from the invoice until it is due, days
-- deposit: security that the dealer has left with us, money
-- review_on: day on which the terms are to be looked at again, day
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(credit_limit as double) as credit_limit,
    cast(credit_days as integer) as credit_days,
    cast(deposit as double) as deposit,
    cast(review_on as date) as review_on,
    _source,
    _line
from main.credit_terms
