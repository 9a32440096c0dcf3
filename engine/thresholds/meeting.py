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
    Setting("meeting_months", 12, "months", message("How many months ahead the meeting plans."), "S1"),
)  # fmt: skip
