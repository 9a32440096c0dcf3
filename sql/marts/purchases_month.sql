-- What came in from suppliers, by month.
-- grain: month, item_id, supplier
-- month: month, by its first day, month
-- item_id: article or material, code
-- supplier: who delivered it, else the supplier of the master data, text
-- bought_qty: quantity received, returns deducted, qty
-- bought_value: what was charged, money
select
    cast(date_trunc('month', bought.received_on) as date) as month,
    bought.item_id,
    coalesce(bought.supplier, materials.supplier) as supplier,
    sum(bought.qty) as bought_qty,
    sum(bought.value) as bought_value
from staging.stg_purchases as bought
left join staging.stg_materials as materials
    on bought.item_id = materials.material_id
group by cast(date_trunc('month', bought.received_on) as date), bought.item_id, coalesce(bought.supplier, materials.supplier)
order by month, bought.item_id
