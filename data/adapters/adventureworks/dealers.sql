-- The resellers, and one dealer for all that is sold on the internet.
select
    trim(reseller."ResellerAlternateKey") as dealer_id,
    trim(reseller."ResellerName") as dealer_name,
    territory."SalesTerritoryRegion" as region,
    geography."City" as city,
    'reseller' as channel
from "DimReseller" as reseller
left join "DimGeography" as geography
    on reseller."GeographyKey" = geography."GeographyKey"
left join "DimSalesTerritory" as territory
    on geography."SalesTerritoryKey" = territory."SalesTerritoryKey"
union all
select
    'INTERNET' as dealer_id,
    'Internet' as dealer_name,
    null as region,
    null as city,
    'internet' as channel
