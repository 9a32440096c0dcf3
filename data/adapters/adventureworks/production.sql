-- What came into stock of finished goods.
select
    ledger."MovementDate" as produced_on,
    trim(product."ProductAlternateKey") as sku,
    cast(ledger."UnitsIn" as double) as qty,
    'PLANT' as location_id,
    cast(ledger."ProductKey" as varchar) as batch_id
from "FactProductInventory" as ledger
inner join "DimProduct" as product
    on ledger."ProductKey" = product."ProductKey"
where product."FinishedGoodsFlag"
    and ledger."UnitsIn" <> 0
order by produced_on, ledger."ProductKey"
