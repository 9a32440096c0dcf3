-- Finished goods: one row an article, in the version with the highest key; the two without a cost take the newest one of the stock ledger.
with newest_versions as (
    select *
    from "DimProduct"
    where "FinishedGoodsFlag"
    qualify row_number() over (partition by trim("ProductAlternateKey") order by "ProductKey" desc) = 1
),

ledger_costs as (
    select
        trim(product."ProductAlternateKey") as sku,
        ledger."UnitCost" as unit_cost
    from "FactProductInventory" as ledger
    inner join "DimProduct" as product
        on ledger."ProductKey" = product."ProductKey"
    qualify row_number() over (
        partition by trim(product."ProductAlternateKey")
        order by ledger."MovementDate" desc, ledger."ProductKey" desc
    ) = 1
)

select
    trim(product."ProductAlternateKey") as sku,
    trim(product."EnglishProductName") as product_name,
    category."EnglishProductCategoryName" as sphere,
    subcategory."EnglishProductSubcategoryName" as product_group,
    coalesce(trim(product."ModelName"), trim(product."ProductAlternateKey")) as line_id,
    cast(coalesce(product."StandardCost", ledger_costs.unit_cost) as double) as unit_cost,
    cast(product."ListPrice" as double) as list_price
from newest_versions as product
left join "DimProductSubcategory" as subcategory
    on product."ProductSubcategoryKey" = subcategory."ProductSubcategoryKey"
left join "DimProductCategory" as category
    on subcategory."ProductCategoryKey" = category."ProductCategoryKey"
left join ledger_costs
    on trim(product."ProductAlternateKey") = ledger_costs.sku
order by sku
