"""The assortment: how it is reviewed, classed, placed and priced. What the policy leaves empty is empty here too."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Assortment")
_LETTERS = (("Инструменты", "И"), ("Пикник", "П"), ("HoReCa", "Н"), ("Дом", "Д"), ("B2B", "Б"))
_CELLS = (
    ("AX", "automatic", 0.98), ("AY", "forecast", 0.97), ("AZ", "watch", 0.95), ("BX", "automatic", 0.96), ("BY", "forecast", 0.95), ("BZ", "watch", 0.92),
    ("CX", "lean", 0.92), ("CY", "lean", 0.90), ("CZ", "to_order", None), ("A-", "nothing", None), ("B-", "nothing", None), ("C-", "leave", None),
)  # fmt: skip
SETTINGS = (
    Setting("assortment_months", 6, "months", message("Closed months that a review looks at, beside the same months of the year before."), "A16", least=1),
    Setting("assortment_reviews", 4, "reviews", message("Reviews behind, a quarter apart, that the history of classes and the trail show."), "A16", least=1),
    Setting("criterion_margin_weight", 0.5, "weight", message("Weight of gross profit in the criterion by which products are classed."), "A2"),
    Setting("criterion_turnover_weight", 0.5, "weight", message("Weight of turnover in the criterion by which products are classed."), "A2"),
    Setting("marketing_factor_least", 0.8, "times", message("The smallest factor that marketing may give a product."), "A2"),
    Setting("marketing_factor_most", 1.2, "times", message("The largest factor that marketing may give a product."), "A2", least=1.0),
    Setting("class_rule", "value", "value | limit | count | sum", message("Which rule gives the class; the others are shown beside it."), "A2"),
    Setting("class_count_a_share", 0.20, "share", message("By count: class A takes this share of the products."), "A2"),
    Setting("class_count_b_share", 0.36, "share", message("By count: classes A and B together take this share of the products."), "A2"),
    Setting("class_sum_a", 1.00, "sum of shares", message("Method of sums: up to this sum of both shares it is class A."), "A2"),
    Setting("class_sum_b", 1.32, "sum of shares", message("Method of sums: up to this sum of both shares it is class B."), "A2"),
    Setting("class_few", 10, "products", message("A sphere with fewer products is too small for classes to say much."), "A2", least=1),
    Setting("class_holds", "off", "off | on", message("A class is held until a product is well past the limit, or past it in two reviews running."), "A2"),
    Setting("class_hold_share", 0.02, "share", message("So far past the limit a class changes at once, where classes are held."), "A2"),
    Setting("sphere_letters", _LETTERS, "sphere, letter", message("Letter of each sphere in the class code; without one a sphere has no codes."), "A5"),
    Setting("novelty_months", 6, "months", message("A product is new for so many calendar months from its entry into the catalogue."), "A12", least=1),
    Setting("line_least_skus", 3, "products", message("A line is launched with at least so many products; fewer later is a warning."), "A1", least=1),
    Setting("xyz_x", 0.10, "variation", message("Class X: the months vary by no more than this."), "A3"),
    Setting("xyz_y", 0.25, "variation", message("Class Y: the months vary by no more than this; the rest is Z."), "A3"),
    Setting("xyz_months", 24, "months", message("Months of demand by which its steadiness is judged."), "A3", least=2),
    Setting("xyz_least_months", 6, "months", message("With fewer months the class of steadiness is provisional."), "A3", least=1),
    Setting("xyz_season_months", 24, "months", message("From so many months on a product has seasons of its own, else its line's or group's."), "A3", least=12),
    Setting("xyz_in_stock_share", 0.5, "share", message("A month with fewer days in stock than this says nothing about demand."), "A3"),
    Setting("xyz_steady_share", 0.95, "share", message("By months with demand: X from this share of the months on."), "A3"),
    Setting("xyz_often_share", 0.60, "share", message("By months with demand: Y from this share of the months on."), "A3"),
    Setting("xyz_turns_x", 6.0, "turns a year", message("By turns: X from so many turns a year on."), "A3"),
    Setting("xyz_turns_y", 3.0, "turns a year", message("By turns: Y from so many turns a year on."), "A3"),
    Setting("abc_xyz_policy", _CELLS, "cell, policy, share of orders filled at once", message("What is done in each cell of ABC × XYZ."), "A3"),
    Setting("bcg_growth_rule", "sphere", "sphere | median | fixed", message("Where the line of growth stands: growth of the sphere, median, or fixed."), "A4"),
    Setting("bcg_share_rule", "mean", "mean | median | fixed", message("Where the line of profit share stands: mean share, median, or fixed."), "A4"),
    Setting("bcg_growth_fixed", 0.10, "share", message("The line of growth where it is fixed."), "A4"),
    Setting("bcg_share_fixed", 0.10, "share", message("The line of profit share where it is fixed."), "A4"),
    Setting("life_cycle_band", 0.10, "share", message("Growth further than this from the sphere's tells a stage of life."), "A4"),
    Setting("profit_base", "turnover", "turnover | cost", message("Marginal profitability is margin by turnover, or by cost."), "A10"),
    Setting("price_overlap_share", 0.5, "share", message("Lines whose prices overlap by more may stand in for each other."), "A6"),
    Setting("price_gap_share", 0.25, "share", message("A gap in a group's prices wider than this is shown."), "A6"),
    Setting(
        "price_segments", (("economy", 0.0), ("middle", 0.75), ("premium", 1.25)), "segment, from which multiple of the group's median price",
        message("Price segments within a group."), "A7",
    ),
    Setting("age_bands", ((0,), (6,), (12,), (24,), (60,)), "from month", message("Age bands of products, by months since they entered the catalogue."), "A7"),
    Setting("market_own_player", "", "name", message("Under which name we stand among the players of the market."), "A9"),
)  # fmt: skip
