-- Dealers, with what they are grouped by.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region, text
-- city: city, text
-- channel: channel, text
select
    dealer_id,
    dealer_name,
    region,
    city,
    channel
from marts.dealers
order by dealer_id
