-- The areas in which dealers sell: every region with every channel that occurs in it, and one for what nobody said.
-- grain: area_no
-- area_no: number of the area, number
-- region: region of the dealers, text
-- channel: channel of the dealers, text
with named as (
    select
        region,
        channel
    from staging.stg_dealers
    union
    select
        cast(null as varchar) as region,
        cast(null as varchar) as channel
)

select
    cast(row_number() over (order by region nulls last, channel nulls last) as integer) as area_no,
    region,
    channel
from named
order by area_no
