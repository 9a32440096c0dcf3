"""The S&OP meeting: its rhythm, what must be explained, what is a promise kept."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("S&OP meeting")
SETTINGS = (
    Setting("meeting_due_days", ((3,), (8,), (12,), (15,), (18,)), "working days", message("On which working day each of the five steps is due."), "S1–S5"),
    Setting("meeting_minutes", 90, "minutes", message("How long the executive meeting lasts."), "S5"),
    Setting("override_reason_share", 0.05, "share", message("A change of demand above this share needs a reason and a word of explanation."), "S2"),
    Setting("override_reason_money", 100000, "money", message("So does a change worth more than this."), "S2"),
    Setting("promise_tolerance_share", 0.05, "share", message("A promise counts as kept up to this share beside its figure."), "S10"),
    Setting(
        "meeting_targets",
        (("sales", 0.95), ("accuracy", 0.7), ("bias", 0.05), ("production", 0.95), ("in_stock", 0.97), ("otif", 0.95), ("overdue", 0.05),
         ("net_sales", 0.97), ("margin", 0.97)),
        "measure, target share",
        message("What the report card of the month asks of each measure; of bias and of the backlog past its day it is the most that is allowed."),
        "S5",
    ),
    Setting("backlog_days_most", 30, "days", message("From more days of shipping on that wait, the report card says so."), "S1"),
    Setting(
        "fairness_limits",
        (
            ("forecast_bias", 0.20), ("out_of_stock", 0.10), ("clearance", 0.10), ("outside_plan", 0.20), ("inside_lead_time", 0.20), ("plan_missed", 0.15),
            ("stage_late", 0.15), ("batch_spread", 0.60), ("over_buying", 0.10), ("plan_changes", 0.10),
        ),
        "measure, share",
        message("From which share on a measure of the fairness board counts as a lapse; the same for everybody."),
        "S12",
    ),
    Setting("meeting_months", 12, "months", message("How many months ahead the meeting plans."), "S1"),
)  # fmt: skip
