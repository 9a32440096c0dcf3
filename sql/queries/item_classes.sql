-- Which class each item is of on the newest day, as it was kept when the version was built; empty for other days and other settings.
-- grain: item_id
-- item_id: article or material, code
-- item_kind: product or material, text
-- class_value: what it is ranked by, money
-- share: of all of its kind, share
-- before_share: of those ranked before it, share
-- abc_class: class, text
select
    item_id,
    item_kind,
    class_value,
    share,
    before_share,
    abc_class
from kept.item_classes
where as_of = cast($as_of as date) and settings = $settings
