"""How long a sign-in lasts, and how often it is looked at again."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Sign-in")
MOST_SECONDS = 30
"""Between two looks at the list of people: whoever may no longer come in is out within a minute, whatever the setting says."""
SETTINGS = (
    Setting("session_hours", 12.0, "hours", message("After so many hours a person signs in anew, however busy they are."), "house", least=0.001),
    Setting("session_idle_minutes", 60.0, "minutes", message("Who does nothing for so many minutes signs in anew."), "house", least=0.001),
    Setting(
        "heartbeat_seconds", 20, "seconds", message("How often an open page asks whether its reader may still come in; 30 seconds at most."), "house", least=1
    ),
)
