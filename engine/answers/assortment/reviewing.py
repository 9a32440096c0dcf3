"""The quarterly review as records: which of its formats somebody has looked at, on which data."""

from datetime import date

from engine.answers import records
from engine.answers.meeting import cycles
from engine.assortment import review as rules
from engine.errors import BadUse, NotAllowed
from engine.messages import message
from engine.scope import Scope

KIND = "assortment_review"


def looked_at(home: str, quarter: str) -> dict[str, records.Record]:
    """Format -> the newest record of somebody having looked at it in a quarter."""
    start = f"{quarter}/"
    return {kept.subject.removeprefix(start): kept for kept in records.newest(home, KIND) if kept.subject.startswith(start)}


def tick(home: str, quarter: str, name: str, finding: str, who: Scope, version: int | None) -> None:
    """Say that a format was looked at, and what was found. Raises BadUse for a format that there is not, NotAllowed."""
    _check(home, quarter, name, who)
    payload = {"finding": " ".join(finding.split())[:2000], "done_on": date.today().isoformat()}
    records.record(home, KIND, f"{quarter}/{name}", payload, who, version)


def untick(home: str, quarter: str, name: str, who: Scope, version: int | None) -> None:
    """Take it back: the format is to be looked at again."""
    _check(home, quarter, name, who)
    records.record(home, KIND, f"{quarter}/{name}", {"ended": True}, who, version)


def _check(home: str, quarter: str, name: str, who: Scope) -> None:
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))
    if name not in rules.FORMATS:
        raise BadUse(message("There is no format “{name}” of the review; there are {names}.", name=name, names=tuple(rules.FORMATS)))
    try:
        rules.quarter_named(quarter)
    except ValueError:
        raise BadUse(message("“{quarter}” is no quarter; write it as 2025-Q4.", quarter=quarter)) from None
