-- The areas in which dealers sell: every region with every channel that occurs in it, and one for what nobody said.
-- grain: area_no
-- area_no: number of the area, number
-- region: region of the dealers, text
-- channel: channel of the dealers, text
select
    area_no,
    region,
    channel
from marts.areas
order by area_no
