"""Stock: what is dead, how it ages, what it costs, how exact its records are."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Stock")
SETTINGS = (
    Setting("dead_after_months", 12, "months", message("A product that was not sold for so many months, and lies here for longer, is dead."), "I4"),
    Setting("dead_long_months", 36, "months", message("Dead products are also shown beyond so many months without a sale …"), "I4"),
    Setting("dead_longest_months", 120, "months", message("… and beyond so many."), "I4"),
    Setting(
        "age_buckets",
        ((30,), (60,), (90,), (180,), (365,), (540,), (730,)),
        "last day of each bucket",
        message("The buckets in which the age of stock is shown; what is older than the last has a bucket of its own."),
        "I5",
    ),
    Setting(
        "reserve_by_age",
        ((0, 0.0), (181, 0.25), (366, 0.50), (541, 0.75), (731, 1.0)),
        "days from, share of the value",
        message("The reserve for stock of an age, as a share of its value."),
        "I5, common ladder",
    ),
    Setting(
        "reserve_by_excess",
        ((12, 0.25), (24, 0.50), (36, 1.0)),
        "months of demand, share of the value",
        message("The reserve for what lies beyond so many months of demand and the safety stock, as a share of its value."),
        "I5",
    ),
    Setting("run_out_months", 6, "months", message("A withdrawn article is still expected to sell for so many months; the rest is reserved in full."), "I5"),
    Setting("selling_cost_share", 0.05, "share", message("What selling costs, as a share of the price: the rest is what stock can bring."), "I5"),
    Setting("safety_stock_days", 15, "days", message("Safety stock in days of demand for an article whose master data name none."), "I6"),
    Setting("cycle_stock_days", 60, "days", message("The working stock between two runs or orders of our own, in days of demand."), "I6"),
    Setting("holding_capital_share", 0.08, "share a year", message("What the money in stock costs in a year."), "I10"),
    Setting("holding_storage_share", 0.04, "share a year", message("What keeping stock costs in a year: rent, energy, insurance."), "I10"),
    Setting("holding_risk_share", 0.05, "share a year", message("What stock loses in a year by ageing, damage and loss."), "I10"),
    Setting("holding_people_share", 0.03, "share a year", message("What the people cost who handle and count stock, in a year."), "I10"),
    Setting("abc_a_share", 0.80, "share", message("Class A: what is larger makes less than this share of the value."), "A2"),
    Setting("abc_b_share", 0.96, "share", message("Class B: what is larger makes less than this share of the value; the rest is C."), "A2"),
    Setting("count_class_by", "demand", "demand | stock", message("By what products are classed for counting: sales of a year at cost, or stock."), "I8"),
    Setting(
        "count_tolerance",
        (("A", 0.01), ("B", 0.03), ("C", 0.05)),
        "class, share of the book quantity",
        message("How far a count may be off the books and still be right."),
        "I8",
    ),
    Setting(
        "count_interval_days",
        (("A", 90), ("B", 180), ("C", 365)),
        "class, days between two counts",
        message("How often each class is counted: A four times a year, B twice, C once."),
        "I8",
    ),
    Setting("record_accuracy_low_share", 0.95, "share", message("Below this, stock records are too inaccurate to plan with."), "I8"),
    Setting("record_accuracy_high_share", 0.99, "share", message("The record accuracy of the best."), "I8"),
    Setting("bought_months", 12, "months", message("Months over which purchases are compared with their plan."), "I12"),
    Setting("cash_bridge_months", 12, "months", message("Months that the way from profit to cash covers where no period is chosen."), "I13"),
    Setting("cash_ahead_months", 6, "months", message("Months ahead for which cash is compared with planned payments."), "I13"),
    Setting("clearance_days", 90, "days", message("An item is to be cleared within so many days, where no other day is agreed."), "I11", least=1),
    Setting("clearance_soon_days", 14, "days", message("An item whose deadline is so many days away is due soon."), "I11"),
)
