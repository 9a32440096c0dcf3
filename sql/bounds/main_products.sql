-- What an article costs, for figures that are counted once more; for whom it was made is not told.
-- grain: sku
-- sku: article, code
-- unit_cost: cost of one unit, money a unit
select
    sku,
    unit_cost
from whole.main.products
