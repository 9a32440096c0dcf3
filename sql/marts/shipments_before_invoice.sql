-- Shipments that were on their way before they were invoiced, or never were.
-- grain: dealer_id, shipped_on, invoiced_on, is_named
-- dealer_id: dealer, code
-- shipped_on: day of shipment, day
-- invoiced_on: day of the invoice, empty where there is none, day
-- is_named: whether the lines name an invoice at all, flag
-- net_value: net value of the lines, money
-- lines: lines, count
select
    sales.dealer_id,
    sales.shipped_on,
    invoices.invoiced_on,
    sales.invoice_id is not null as is_named,
    sum(sales.net_value) as net_value,
    count(*) as lines
from staging.stg_sales as sales
left join staging.stg_invoices as invoices
    on sales.invoice_id = invoices.invoice_id
where invoices.invoiced_on is null
    or invoices.invoiced_on > sales.shipped_on
group by sales.dealer_id, sales.shipped_on, invoices.invoiced_on, sales.invoice_id is not null
order by sales.dealer_id, sales.shipped_on, invoices.invoiced_on
