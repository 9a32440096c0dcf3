-- What was asked of own places: places are numbered anew, in the order of their codes, as whoever reads knows no others.
-- grain: month, place_no, item_no
-- month: first day of the month, month
-- place_no: place, its number among the own ones, number
-- item_no: article, its number in marts.items, number
-- qty: quantity, empty where nothing was sold, qty
-- working_days: working days of the month, empty where nobody counted, days
-- in_stock_days: of these the days in stock, days
with numbered as (
    select
        location_id,
        cast(row_number() over (order by location_id) - 1 as integer) as place_no
    from whole.marts.locations
),

own as (
    select
        numbered.place_no as former_no,
        cast(row_number() over (order by numbered.location_id) - 1 as integer) as place_no
    from numbered
    inner join mine.own.places as places
        on numbered.location_id = places.location_id
)

select
    demand.month,
    own.place_no,
    demand.item_no,
    demand.qty,
    demand.working_days,
    demand.in_stock_days
from whole.marts.demand_month as demand
inner join own
    on demand.place_no = own.former_no
