-- Sales line by line, in the order of loading, with the cost that counts: the line's own, else quantity at the article's cost.
-- grain: _source, _line
-- shipped_on: day of shipment, day
-- sku: article, code
-- position_no: the article in the sphere in which it was sold: the one that the sale names, else the dealer's, else its own; empty for an unknown article, number
-- dealer_id: dealer, code
-- location_id: place that shipped, code
-- qty: quantity, returns negative, qty
-- net_value: net sales, money
-- cost_value: cost of the goods, money
-- lines_without_cost: 1 where the cost is quantity at the article's cost, count
-- _source: load that brought the row, number
-- _line: line in its file, number
select
    sales.shipped_on,
    sales.sku,
    coalesce(named.position_no, of_dealer.position_no, home.position_no) as position_no,
    sales.dealer_id,
    sales.location_id,
    sales.qty,
    sales.net_value,
    coalesce(sales.cost_value, sales.qty * items.unit_cost) as cost_value,
    case when sales.cost_value is null then 1 else 0 end as lines_without_cost,
    sales._source,
    sales._line
from staging.stg_sales as sales
left join marts.items as items
    on sales.sku = items.item_id
left join marts.positions as named
    on sales.sku = named.sku
    and sales.sphere = named.sphere
left join staging.stg_dealers as dealers
    on sales.dealer_id = dealers.dealer_id
    and dealers.sphere is not null
left join marts.positions as of_dealer
    on sales.sku = of_dealer.sku
    and dealers.sphere = of_dealer.sphere
left join marts.positions as home
    on sales.sku = home.sku
    and home.is_home
