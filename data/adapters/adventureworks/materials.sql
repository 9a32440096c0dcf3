-- Articles that are not finished goods, at the newest cost of the stock ledger.
with ledger_costs as (
    select
        "ProductKey",
        "UnitCost" as unit_cost
    from "FactProductInventory"
    qualify row_number() over (partition by "ProductKey" order by "MovementDate" desc) = 1
)

select
    trim(product."ProductAlternateKey") as material_id,
    trim(product."EnglishProductName") as material_name,
    cast(ledger_costs.unit_cost as double) as unit_cost
from "DimProduct" as product
inner join ledger_costs
    on product."ProductKey" = ledger_costs."ProductKey"
where not product."FinishedGoodsFlag"
order by material_id
