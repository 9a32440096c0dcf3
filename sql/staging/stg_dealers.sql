-- Dealers, as loaded.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region, text
-- city: city, text
-- channel: channel, text
-- status: active, candidate or ended, text
-- city_tier: tier of the city, text
-- sales_rep: who looks after the dealer, text
-- started_on: first day of working together, day
-- ended_on: last day of working together, day
-- consents_to_data: whether the dealer shares stock and sales, flag
-- sphere: business sphere to which what the dealer buys belongs, may be empty, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    dealer_name,
    region,
    city,
    channel,
    status,
    city_tier,
    sales_rep,
    started_on,
    ended_on,
    consents_to_data,
    sphere,
    _source,
    _line
from main.dealers
