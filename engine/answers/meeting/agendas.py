"""What is written down of the pre-meeting: which items of its agenda are done, who was there, and what of them stands in the minutes."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from engine.answers.meeting import cycles, register
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope
from engine.sop import agenda
from engine.sop.agenda import Item
from engine.store.home import Home

PRE_MEETING: dict[str, Item] = {item.name: item for item in agenda.PRE_MEETING}
EXECUTIVE = agenda.EXECUTIVE
STEP = "pre_meeting"


def done(home: str, month: date) -> tuple[str, ...]:
    """The items of the pre-meeting that are done, in the order of the agenda."""
    kept = register.minutes(home, month, STEP).get("done") or ()
    return tuple(name for name in PRE_MEETING if name in kept)


def attended(home: str, month: date) -> tuple[str, ...]:
    """Who was at the pre-meeting."""
    return tuple(str(name) for name in register.minutes(home, month, STEP).get("attended") or ())


def mark(home: str, month: date, item: str, is_done: bool, who: Scope, version: int | None) -> None:
    """Write down that an item is done, or is not. Raises BadUse for an item that is not on the agenda, Impossible where the step is closed."""
    if item not in PRE_MEETING:
        raise BadUse(message("“{item}” is not on the agenda; there are {items}.", item=item, items=tuple(PRE_MEETING)))
    cycles.closed_for_editing(home, month, STEP)

    def marked(now: Mapping[str, Any]) -> Mapping[str, Any]:
        left = [name for name in now.get("done") or () if name != item]
        return {"done": [*left, item] if is_done else left}

    register.minute(home, month, STEP, marked, who, version)


def seen(home: str, month: date) -> int:
    """Which state of the minutes stands now, for who fills in who was there."""
    return register.minutes_seen(home, month, STEP)


def attend(home: str, month: date, names: Sequence[str], who: Scope, version: int | None, seen: int | None = None) -> None:
    """Write down who was there; whom others named since `seen` stays. Raises BadUse where nobody was, Impossible where the step is closed."""
    present = [" ".join(name.split()) for name in names if name.strip()]
    if not present:
        raise BadUse(message("Name at least one person who was at the meeting."))
    cycles.closed_for_editing(home, month, STEP)
    register.minute(home, month, STEP, {"attended": present}, who, version, seen)


def executive_minutes(home: str) -> dict[str, int]:
    """Minutes of each item of an executive meeting that lasts as long as the settings say."""
    return agenda.planned(int(Home(Path(home)).settings()["meeting_minutes"]))
