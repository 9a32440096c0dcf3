"""Running it: when the disk counts as nearly full, how old a backup may be, how long a file may lie in the inbox."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Operation")
SETTINGS = (
    Setting("disk_low_mb", 2000, "MB", message("With less than this free on the disk, people are warned."), "house", least=1),
    Setting("backup_age_days", 35, "days", message("A last backup older than this is called out."), "house", least=1),
    Setting("inbox_stuck_days", 3, "days", message("A file that lies in the inbox for longer than this is called out."), "house", least=1),
    Setting("changes_shown_days", 7, "days", message("For so many days after a close, Start shows what it changed."), "house"),
)
