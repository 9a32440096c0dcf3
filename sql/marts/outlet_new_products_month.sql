-- Outlets that bought an article from a dealer in a month, of articles that had come into the catalogue within two years.
-- grain: month, dealer_id, outlet_id, sku
-- month: first day of the month, month
-- dealer_id: dealer who sold, code
-- outlet_id: outlet that bought, code
-- sku: article, code
-- catalogue_on: day on which it came into the catalogue, day
-- qty: quantity, qty
select
    cast(date_trunc('month', sold.sold_on) as date) as month,
    sold.dealer_id,
    sold.outlet_id,
    sold.sku,
    products.catalogue_on,
    sum(sold.qty) as qty
from staging.stg_dealer_sales as sold
inner join staging.stg_products as products
    on sold.sku = products.sku
where sold.outlet_id is not null
    and sold.sold_on - products.catalogue_on between 0 and 730
group by cast(date_trunc('month', sold.sold_on) as date), sold.dealer_id, sold.outlet_id, sold.sku, products.catalogue_on
order by month, sold.dealer_id, sold.outlet_id, sold.sku
