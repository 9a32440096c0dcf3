-- Which materials can be part of a complete set, from the stock of the newest day, as it was kept when the version was built; empty for other days.
-- grain: item_id
-- item_id: material, code
-- is_completable: whether it can be part of a set, empty where nobody can say, flag
-- why_no_set: why it can not, text
select
    item_id,
    is_completable,
    why_no_set
from kept.material_sets
where as_of = cast($as_of as date)
