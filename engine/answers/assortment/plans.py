"""The promotion plan of a quarter: typed line by line under guards, kept as a record, approved by the general director. One plan a quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.answers import allowing, records
from engine.answers.meeting import cycles
from engine.assortment.budget import Breach, Planned
from engine.assortment.decision import APPROVED, DRAFT
from engine.assortment.review import quarter_named
from engine.errors import BadUse, Impossible, NotAllowed
from engine.messages import message
from engine.scope import Scope
from engine.sop.decisions import day_of

KIND = "promotion_plan"
FIELDS = ("promotion_id", "line_id", "sphere", "product_group", "kind", "spend", "priority", "is_new", "waiver")


@dataclass(frozen=True)
class Plan:
    """A quarter's plan. lines: its promotions; gains: promotion -> what dealer and retailer gain by it (None = not proven)."""

    quarter: str
    state: str
    lines: tuple[Planned, ...]
    gains: Mapping[str, tuple[float | None, float | None]]
    who: str
    at: datetime
    id: int
    approved_by: str = ""
    approved_on: date | None = None


def plan_of(home: str, quarter: str) -> Plan | None:
    """The plan of a quarter as it stands; None where none was written."""
    kept = records.newest(home, KIND, quarter)
    return _plan(kept[0]) if kept else None


def plans(home: str) -> list[Plan]:
    """Every quarter's plan, the newest quarter first."""
    return sorted((_plan(kept) for kept in records.newest(home, KIND)), key=lambda plan: plan.quarter, reverse=True)


def _plan(kept: records.Record) -> Plan:
    said = kept.payload or {}
    lines, gains = [], {}
    for row in said.get("lines") or []:
        began, ended = day_of(row["started_on"]), day_of(row["ended_on"])
        if began is not None and ended is not None:
            lines.append(Planned(**{name: row.get(name) for name in FIELDS}, started_on=began, ended_on=ended))
        gains[row["promotion_id"]] = (row.get("dealer_gain"), row.get("retailer_gain"))
    return Plan(
        kept.subject, str(said.get("state", DRAFT)), tuple(lines), gains, kept.who, kept.at, kept.id, str(said.get("approved_by", "")),
        day_of(said.get("approved_on")),
    )  # fmt: skip


def keep(
    home: str, quarter: str, lines: Sequence[Planned], found: Sequence[Breach], who: Scope, version: int | None, seen: int,
    gains: Mapping[str, tuple[float | None, float | None]] | None = None,
) -> Plan:  # fmt: skip
    """Keep the plan of a quarter as a draft. found: what the guards say of these lines; a hard one stops it. seen: id of the plan seen, 0 = none.

    Raises Impossible with the guard's sentence, BadUse for a text that is no quarter, NotKept where somebody else changed it.
    """
    _may(home, who)
    try:
        quarter_named(quarter)
    except ValueError:
        raise BadUse(message("“{quarter}” is no quarter; write it as 2025-Q4.", quarter=quarter)) from None
    stop = next((breach for breach in found if breach.is_hard), None)
    if stop is not None:
        raise Impossible(stop.said)
    rows = [_row(each, (gains or {}).get(each.promotion_id, (None, None))) for each in lines]
    return _plan(records.record(home, KIND, quarter, {"state": DRAFT, "lines": rows}, who, version, seen))


def _row(each: Planned, gains: tuple[float | None, float | None]) -> dict[str, Any]:
    kept = {name: getattr(each, name) for name in FIELDS} | {"started_on": each.started_on.isoformat(), "ended_on": each.ended_on.isoformat()}
    return kept | {"dealer_gain": gains[0], "retailer_gain": gains[1]}


def approve(home: str, quarter: str, found: Sequence[Breach], day: date, who: Scope, version: int | None, seen: int) -> Plan:
    """Approve the plan of a quarter; a change of it needs a new approval. Raises Impossible where it does not keep the guards, BadUse, NotAllowed, NotKept."""
    _may(home, who)
    allowing.require(who, "approve", home, KIND)
    kept = records.newest(home, KIND, quarter)
    if not kept:
        raise BadUse(message("There is no promotion plan for {quarter} yet.", quarter=quarter))
    stop = next((breach for breach in found if breach.is_hard), None)
    if stop is not None:
        raise Impossible(stop.said)
    said = {**(kept[0].payload or {}), "state": APPROVED, "approved_by": who.who, "approved_on": day.isoformat()}
    return _plan(records.record(home, KIND, quarter, said, who, version, seen))


def _may(home: str, who: Scope) -> None:
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))
