-- Invoice lines of both channels, dated by the order: that is the day on which the stock ledger moves.
with lines as (
    select
        sales."ProductKey",
        trim(reseller."ResellerAlternateKey") as dealer_id,
        sales."OrderDate",
        sales."OrderQuantity",
        sales."SalesAmount",
        sales."TotalProductCost",
        sales."SalesOrderNumber",
        sales."SalesOrderLineNumber"
    from "FactResellerSales" as sales
    inner join "DimReseller" as reseller
        on sales."ResellerKey" = reseller."ResellerKey"
    union all
    select
        "ProductKey",
        'INTERNET' as dealer_id,
        "OrderDate",
        "OrderQuantity",
        "SalesAmount",
        "TotalProductCost",
        "SalesOrderNumber",
        "SalesOrderLineNumber"
    from "FactInternetSales"
)

select
    cast(lines."OrderDate" as date) as shipped_on,
    lines.dealer_id,
    trim(product."ProductAlternateKey") as sku,
    cast(lines."OrderQuantity" as double) as qty,
    cast(lines."SalesAmount" as double) as net_value,
    cast(lines."TotalProductCost" as double) as cost_value,
    lines."SalesOrderNumber" as invoice_id,
    cast(lines."SalesOrderLineNumber" as varchar) as line_no,
    lines."SalesOrderNumber" as order_id
from lines
inner join "DimProduct" as product
    on lines."ProductKey" = product."ProductKey"
order by shipped_on, invoice_id, lines."SalesOrderLineNumber"
