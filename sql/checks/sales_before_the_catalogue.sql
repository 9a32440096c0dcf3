-- An article was sold before the day on which it entered the catalogue.
-- severity: tell
select
    sales.sku,
    items.catalogue_on,
    min(sales.shipped_on) as first_sold_on
from marts.sales_item_day as sales
inner join marts.items as items
    on sales.sku = items.item_id
where sales.shipped_on < items.catalogue_on
group by sales.sku, items.catalogue_on
