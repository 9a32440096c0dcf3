"""Reminders: how long before a deadline, and to whom."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Reminders")
SETTINGS = (
    Setting(
        "remind_ahead",
        (("clearance", 14), ("credit_review", 30), ("complaint", 7), ("action", 7), ("stock_report", 0), ("stage", 3)),
        "what, days before",
        message("How many days before a deadline somebody is reminded; once more when it has passed."),
        "X6",
    ),
    Setting(
        "remind_roles",
        (
            ("clearance", "planner"), ("credit_review", "finance"), ("complaint", "customer_service"), ("action", "sales_manager"),
            ("stock_report", "sales_manager"), ("stage", "planner"),
        ),
        "what, role",
        message("Who is reminded where nobody by name is to do it."),
        "X6",
    ),
    Setting("complaint_days", 30, "days", message("A complaint is to be closed within this many days of being reported."), "house", least=1),
    Setting("remind_retry_minutes", 15, "minutes", message("A message that could not be delivered is tried again after this; then twice as long each time."),
            "house", least=1),
    Setting("webhook_form", "plain", "plain | wecom | feishu", message("In which form reminders go to the chat of the company."), "house"),
)  # fmt: skip
