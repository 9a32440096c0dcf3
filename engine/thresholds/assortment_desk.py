"""The assortment desk: gates, promotion, launches, norms of stock, and the tables that the policy leaves to the company."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Assortment: gates, promotion and norms")
_SOURCE = "company T"
_EMPTY = (None, None, None, None)
CLASS_CODES = tuple((letter, made_by) for letter in ("A", "B", "C") for made_by in ("own", "own_to_order", "third_party"))
"""The class of an article and who makes it: a row of each table that goes by class code."""
SETTINGS = (
    Setting("withdrawal_gate_days", ((2, 1), (8, 1)), "month, day", message("On which days of a year withdrawals are decided."), _SOURCE),
    Setting("launch_gate_days", ((3, 1), (9, 1)), "month, day", message("On which days of a year lines are launched."), _SOURCE),
    Setting("withdrawal_margin_share", 0.05, "share", message("A margin below this makes a product a candidate for withdrawal."), _SOURCE),
    Setting("withdrawal_protected_months", 11, "months", message("So long after its launch a product cannot be withdrawn."), _SOURCE),
    Setting("run_off_days", 180, "days", message("In how many days the stock of what is withdrawn should be sold off, where nobody says otherwise."), "A10"),
    Setting(
        "withdrawal_caught_share",
        ((0.25, 0.5, 0.75),),
        "low, base, high",
        message("Which share of what is withdrawn buyers replace by a product like it: low, base and high."),
        "A10",
    ),
    Setting("promotion_tail_months", 3, "months", message("So long after a promotion what was only bought earlier is looked for."), "A13"),
    Setting("promotion_ratio_least", 4.0, "ratio", message("How much more turnover each one spent must bring."), _SOURCE),
    Setting("promotion_new_share", 0.2, "share", message("The most of a sphere's promotion budget that new lines may take."), _SOURCE),
    Setting("promotion_top_share", 0.8, "share", message("The share of the promotion budget and time that class A should have."), _SOURCE),
    Setting("promotion_star_months", 6, "months", message("So long a star line is promoted at least."), _SOURCE, least=1),
    Setting("launch_horizon_months", 24, "months", message("Over how many months the return on a launch is reckoned."), "A11", least=1),
    Setting(
        "launch_criteria",
        (("own", *_EMPTY), ("third_party", *_EMPTY), ("to_order", *_EMPTY)),
        "sourcing, margin, products, payback months, return",
        message("What a launch must reach, by who makes it. An empty cell is not set: it lets nothing pass and stops nothing."),
        _SOURCE,
    ),
    Setting("stock_norm_reading", "ratio", "ratio | additive", message("How last year's two months move last month's sales."), _SOURCE),
    Setting("stock_norm_cap", 3.0, "times", message("The most by which a norm may grow from one month to the next."), "A14", least=1.0),
    Setting(
        "class_norms",
        tuple((*code, None, None) for code in CLASS_CODES),
        "class, made by, order days, stock days",
        message("Order time and stock by class code. An empty cell is not set."),
        _SOURCE,
        keys=2,
    ),
    Setting(
        "register_form",
        tuple((kind, *_EMPTY) for kind in ("codes", "launch", "promotion", "prices", "withdrawal", "tree")),
        "decision, period, criteria, format, report",
        message("How each kind of decision on the assortment is taken and checked. An empty cell is not set."),
        _SOURCE,
        blank=str,
    ),
    Setting("requests_months", 3, "months", message("For how many months ahead dealers' requests are collected."), "A17", least=1),
)
