-- Who bought an article between two days, most first.
-- grain: dealer_id
-- dealer_id: dealer, code
-- dealer_name: name of the dealer, text
-- region: region, text
-- qty: quantity bought, returns deducted, qty
-- net_value: net sales, money
-- last_sold_on: day of the last delivery, day
select
    sales.dealer_id,
    dealers.dealer_name,
    dealers.region,
    sum(sales.qty) as qty,
    sum(sales.net_value) as net_value,
    max(sales.shipped_on) as last_sold_on
from marts.sales_lines as sales
left join marts.dealers as dealers
    on sales.dealer_id = dealers.dealer_id
where sales.sku = cast($sku as varchar)
    and sales.shipped_on between cast($first as date) and cast($last as date)
    and (cast($dealers as varchar[]) is null or sales.dealer_id in (select unnest(cast($dealers as varchar[]))))
group by sales.dealer_id, dealers.dealer_name, dealers.region
order by net_value desc, sales.dealer_id
