-- Reseller orders. The due date is what the dealer wants; the ship date, always five days before it, is what was promised.
select
    sales."SalesOrderNumber" as order_id,
    cast(sales."SalesOrderLineNumber" as varchar) as line_no,
    cast(sales."OrderDate" as date) as ordered_on,
    trim(reseller."ResellerAlternateKey") as dealer_id,
    trim(product."ProductAlternateKey") as sku,
    cast(sales."OrderQuantity" as double) as qty,
    cast(sales."SalesAmount" as double) as net_value,
    cast(sales."DueDate" as date) as requested_on,
    cast(sales."ShipDate" as date) as promised_on,
    cast(sales."OrderQuantity" as double) as shipped_qty,
    'shipped' as status
from "FactResellerSales" as sales
inner join "DimReseller" as reseller
    on sales."ResellerKey" = reseller."ResellerKey"
inner join "DimProduct" as product
    on sales."ProductKey" = product."ProductKey"
order by ordered_on, order_id, sales."SalesOrderLineNumber"
