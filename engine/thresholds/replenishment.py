"""Replenishment: intervals, lead times, safety, service, the channel."""

from engine.messages import message
from engine.thresholds.assortment_desk import CLASS_CODES
from engine.thresholds.setting import Setting

TITLE = message("Replenishment and channel")
SETTINGS = (
    Setting("working_days_a_week", 6, "days", message("Working days of a week, from Monday on, where no calendar says it."), "course, T5"),
    Setting("order_interval_days", 6.0, "working days", message("Working days between two orders of a place for which no rule is loaded."), "I7"),
    Setting("lead_time_days", 3.0, "working days", message("Working days from order to arrival for a place for which no rule is loaded."), "I7"),
    Setting("safety_days_share", 0.30, "share", message("Safety days as a share of order interval and lead time; the course says 10–50 %."), "course, p. 104"),
    Setting("demand_adjustment", 1.0, "ratio", message("Factor on the daily demand where no rule says another."), "course, p. 102"),
    Setting(
        "replenishment_classes",
        (("A", None, None, None, None), ("B", None, None, None, None), ("C", None, None, None, None)),
        "class, interval, lead time, safety share, adjustment",
        message("What holds for the articles of an ABC class where no rule is loaded; empty = as for all."),
        "I7",
    ),
    Setting(
        "replenishment_codes",
        tuple((*code, None, None, None, None) for code in CLASS_CODES),
        "class, made by, interval, lead time, safety share, adjustment",
        message("What holds for the articles of a class code, by class and who makes them, where no rule is loaded; empty = as for their class."),
        "S30",
        keys=2,
    ),
    Setting(
        "replenishment_class_from",
        "assortment",
        "assortment | turnover",
        message("Whose class orders go by: the assortment's review where it knows the article, or turnover of a year alone."),
        "S30",
    ),
    Setting("most_out_of_stock_share", 0.90, "share", message("Demand is corrected for days out of stock up to this share of the days, not beyond."), "I7"),
    Setting("least_in_stock_share", 0.25, "share", message("An article that was in stock for less of the window is judged by the year before."), "I7"),
    Setting("transit_lead_share", 0.5, "share", message("Goods under way are expected after this share of the lead time."), "I7"),
    Setting("excess_objective_times", 2.0, "times", message("A position above so many times its objective is excess."), "I7"),
    Setting("dealer_report_days", 30, "days", message("Stock of a dealer that was counted longer ago is carried forward and marked as estimated."), "I9"),
    Setting("least_report_days", 28, "days", message("Where a dealer reported sales of fewer days, what we shipped stands for its demand."), "I7"),
    Setting("order_regular_share", 0.25, "share", message("An order that comes this much earlier or later than agreed is still regular."), "I7"),
    Setting("stuffing_load", 1.1, "ratio", message("A dealer that buys more than this times what it sells on is being stuffed …"), "I9"),
    Setting("stuffing_months", 2, "months", message("… if that is so for so many months running."), "I9"),
    Setting("channel_load_months", 3, "months", message("Over how many months channel load is reckoned."), "I9"),
    Setting("cycle_service_share", 0.95, "share", message("Share of order cycles that should pass without a gap."), "I7"),
    Setting("fill_rate_share", 0.98, "share", message("Share of the demand that should be met from stock."), "I7"),
    Setting(
        "safety_aim", "cycle_service", "cycle_service | fill_rate", message("Which of the two aims the gap of the safety stock is sorted and summed by."), "I7"
    ),
    Setting("safety_history_months", 12, "months", message("Whole months over which the deviation of demand and of forecasts is taken."), "I7", least=2),
    Setting("safety_least_months", 6, "months", message("Fewer known months than these say nothing of a deviation."), "I7", least=2),
    Setting("lead_time_deviation_share", 0.20, "share", message("Deviation of a lead time, as a share of it: no table tells how late goods came."), "I7"),
    Setting("slow_demand_qty", 10.0, "pieces", message("Demand below this in lead time and interval follows the rule for intermittent articles."), "I7"),
    Setting("material_order_days", 12.0, "working days", message("Working days between two orders of a material."), "I7", least=1),
)
