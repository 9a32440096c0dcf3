-- The dealers that can be chosen.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region of the dealer, text
-- channel: channel of the dealer, text
select
    dealer_id,
    dealer_name,
    region,
    channel
from marts.dealers
order by
    dealer_id
