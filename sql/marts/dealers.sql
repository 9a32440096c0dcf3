-- Dealers, with what they are grouped by.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region, text
-- city: city, text
-- channel: channel, text
-- city_tier: tier of the city, text
-- sales_rep: who looks after the dealer, text
-- status: active, candidate or ended, text
-- started_on: first day of working together, day
-- ended_on: last day of working together, day
-- consents_to_data: whether the dealer shares stock and sales, flag
select
    dealer_id,
    dealer_name,
    region,
    city,
    channel,
    city_tier,
    sales_rep,
    status,
    started_on,
    ended_on,
    consents_to_data
from staging.stg_dealers
order by dealer_id
