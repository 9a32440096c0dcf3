"""Totals that somebody read off the ledger and typed in, to hold the warehouse against: one JSON line each, never changed.

A later line about the same thing and month overrules an earlier one; both stay. The lines belong to the records, not to the
warehouse: a rebuild or an undo must not forget what the ledger said.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from engine.errors import BadUse
from engine.messages import message
from engine.store.home import Home
from engine.store.versions import disk_faults_as_sentences

KINDS = ("net_sales", "stock_value")


@dataclass(frozen=True)
class ControlTotal:
    """What the ledger says. what: net_sales (of the month) or stock_value (at its end). month: its first day. value: money."""

    what: str
    month: date
    value: float
    entered_by: str
    entered_at: str


def enter(home: Home, what: str, month: date, value: float, who: str) -> ControlTotal:
    """Keep a total. Raises BadUse for a kind that is not compared, NotPublished where the disk refuses."""
    if what not in KINDS:
        raise BadUse(message("“{what}” is not compared with the ledger; choose one of {kinds}.", what=what, kinds=", ".join(KINDS)))
    total = ControlTotal(what, month.replace(day=1), value, who, datetime.now(UTC).isoformat(timespec="seconds"))
    with disk_faults_as_sentences():
        home.records.mkdir(parents=True, exist_ok=True)
        with open(home.records / "control_totals.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(total) | {"month": total.month.isoformat()}, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return total


def entered(home: Home) -> list[ControlTotal]:
    """The totals in force, newest month first: for each kind and month the last that was entered."""
    path = home.records / "control_totals.jsonl"
    if not path.exists():
        return []
    in_force: dict[tuple[str, date], ControlTotal] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        total = ControlTotal(**kept | {"month": date.fromisoformat(kept["month"])})
        in_force[total.what, total.month] = total
    return sorted(in_force.values(), key=lambda total: (total.month, total.what), reverse=True)
