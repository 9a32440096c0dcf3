-- Receipts of materials: what went into stock of each purchase order line. They do not reconcile with the stock ledger.
select
    purchase."ShipDate" as received_on,
    trim(purchase."ProductAlternateKey") as item_id,
    purchase."StockedQty" as qty,
    purchase."StockedQty" * purchase."UnitPrice" as value,
    'PLANT' as location_id,
    trim(purchase."VendorName") as supplier
from "derived_purchase_orders_aligned" as purchase
inner join "DimProduct" as product
    on trim(purchase."ProductAlternateKey") = trim(product."ProductAlternateKey")
where not product."FinishedGoodsFlag"
order by received_on, item_id, purchase."PurchaseOrderDetailID"
