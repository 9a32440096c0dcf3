"""Plans of families: what they look back on, what is wanted in stock, what being late costs, when something is flagged."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Plans of families")
SETTINGS = (
    Setting("plan_history_months", 6, "months", message("Months behind that a family sheet shows."), "S1", least=1),
    Setting("plan_deal_weighting", "full", "full | probability", message("Deals about to be signed count in full, or by their probability."), "S2"),
    Setting("plan_overdue_months", 3, "months", message("What of contracts is still to be delivered after so many months falls into the first month."), "S2"),
    Setting("plan_cover_days", 30.0, "working days", message("Stock that a family should have, in days of the demand to come."), "S3"),
    Setting("plan_late_share", 0.05, "share a month", message("What it costs to deliver a month late, as a share of the price."), "S3"),
    Setting("plan_load_high_share", 0.85, "share", message("From this load on a resource is tight."), "S3"),
    Setting("plan_load_full_share", 1.0, "share", message("Above this load a resource is overloaded."), "S3"),
    Setting("plan_moved_share", 0.10, "share", message("A forecast, stock or backlog that moved by more than this since the last cycle is flagged."), "S3"),
    Setting("plan_gap_share", 0.15, "share", message("A month that lies further from forecast, budget or plan puts its family on the report's list."), "S1"),
    Setting("plan_budget_gap_share", 0.10, "share", message("A gap to the budget above this is flagged."), "S5"),
    Setting(
        "plan_collected",
        ((0, 0.2), (1, 0.5), (2, 0.3)),
        "months after, share of the sales",
        message("When customers pay, for the cash of a plan."),
        "S7",
    ),
)
