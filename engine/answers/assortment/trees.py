"""Changes of the tree by hand: proposed with one of three reasons, approved by the general director; only then they hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from engine.answers import allowing, records
from engine.answers.meeting import cycles
from engine.answers.source import Source
from engine.assortment import tree as rules
from engine.assortment.decision import APPROVED, DRAFT, REFUSED
from engine.errors import BadUse, Impossible, NotAllowed
from engine.messages import message
from engine.scope import Scope
from engine.sop.decisions import day_of

KIND = "tree_change"
TREE = ("sku", "sphere", "valid_from", "product_group", "line_id", "direction", "reason")
SCHEMA = dict.fromkeys(TREE, pl.String) | {"valid_from": pl.Date}


@dataclass(frozen=True)
class Change:
    """One change of a position. state: draft | approved | refused; note: why, in words; id: of the newest record."""

    subject: str
    sku: str
    sphere: str
    valid_from: date
    product_group: str
    line_id: str
    direction: str | None
    reason: str
    note: str
    state: str
    who: str
    id: int
    approved_by: str = ""


def changes(home: str) -> list[Change]:
    """Every change, the newest day first."""
    found = [_change(kept) for kept in records.newest(home, KIND)]
    return sorted(found, key=lambda each: (each.valid_from, each.subject), reverse=True)


def _change(kept: records.Record) -> Change:
    said: dict[str, Any] = kept.payload or {}
    return Change(
        kept.subject, said["sku"], said["sphere"], day_of(said["valid_from"]) or date.min, said["product_group"], said["line_id"], said.get("direction"),
        said["reason"], str(said.get("note", "")), str(said.get("state", DRAFT)), str(said.get("by", kept.who)), kept.id, str(said.get("approved_by", "")),
    )  # fmt: skip


def propose(
    home: str, sku: str, sphere: str, valid_from: date | None, product_group: str, line_id: str, reason: str, who: Scope, version: int | None,
    direction: str | None = None, note: str = "",
) -> Change:  # fmt: skip
    """Propose where a position stands from a day on. Raises Impossible without a day, place or one of the three reasons; NotAllowed without a name."""
    _may(home, who)
    why = rules.why_refused(valid_from, product_group.strip(), line_id.strip(), reason)
    if why is not None or valid_from is None:
        raise Impossible(why or rules.NO_DAY)
    if not sku.strip() or not sphere.strip():
        raise Impossible(message("Say which product in which sphere moves."))
    said = {
        "sku": sku.strip(), "sphere": sphere.strip(), "valid_from": valid_from.isoformat(), "product_group": product_group.strip(), "line_id": line_id.strip(),
        "direction": direction or None, "reason": reason, "note": " ".join(note.split())[:600], "state": DRAFT, "by": who.who,
    }  # fmt: skip
    return _change(records.record(home, KIND, f"{valid_from.isoformat()} {sphere.strip()} {sku.strip()}", said, who, version))


def settle(home: str, subject: str, seen: int, is_approved: bool, who: Scope, version: int | None) -> Change:
    """Approve a proposed change, or refuse it. Raises NotAllowed for who may not approve, Impossible where it is settled, BadUse where it is gone."""
    _may(home, who)
    allowing.require(who, "approve", home, KIND)
    kept = records.newest(home, KIND, subject)
    if not kept:
        raise BadUse(message("What you want to change is no longer there; look again."))
    if (kept[0].payload or {}).get("state") != DRAFT:
        raise Impossible(message("This change was settled already."))
    said = {**(kept[0].payload or {}), "state": APPROVED if is_approved else REFUSED, "approved_by": who.who}
    return _change(records.record(home, KIND, subject, said, who, version, seen))


def take_back(home: str, subject: str, seen: int, who: Scope, version: int | None) -> None:
    """Withdraw a proposal that is not approved."""
    _may(home, who)
    kept = records.newest(home, KIND, subject)
    if kept and (kept[0].payload or {}).get("state") == APPROVED:
        raise Impossible(message("An approved change stays; propose another one in its place."))
    records.record(home, KIND, subject, {"ended": True}, who, version, seen)


def approved(source: Source) -> pl.DataFrame:
    """The approved changes as versions of the tree: TREE."""
    rows = [{name: getattr(each, name) for name in TREE} for each in changes(str(source.home.path)) if each.state == APPROVED]
    return pl.DataFrame(rows, schema=SCHEMA)


def _may(home: str, who: Scope) -> None:
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))
