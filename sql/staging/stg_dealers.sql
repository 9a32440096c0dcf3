-- Dealers, as loaded.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region, text
-- city: city, text
-- channel: channel, text
-- status: active, candidate or ended, text
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    dealer_id,
    dealer_name,
    region,
    city,
    channel,
    status,
    _source,
    _line
from main.dealers
