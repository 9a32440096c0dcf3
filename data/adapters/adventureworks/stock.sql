-- The daily ledger, one row a product key: the versions of an article lie side by side, told apart as batches.
select
    ledger."MovementDate" as counted_on,
    'PLANT' as location_id,
    trim(product."ProductAlternateKey") as item_id,
    cast(ledger."ProductKey" as varchar) as batch_id,
    cast(ledger."UnitsBalance" as double) as on_hand_qty,
    cast(ledger."UnitCost" as double) as unit_cost
from "FactProductInventory" as ledger
inner join "DimProduct" as product
    on ledger."ProductKey" = product."ProductKey"
order by counted_on, ledger."ProductKey"
