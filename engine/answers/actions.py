"""What was agreed with a dealer: actions with owner and day, and the reviews at which they were agreed. All of it is kept as records."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from engine.answers import records
from engine.answers.answer import Column
from engine.answers.source import Source
from engine.errors import BadUse
from engine.messages import message
from engine.scope import Scope

LONGEST = 300
STATES = ("open", "done", "dropped")
COLUMNS = (
    Column("what", message("Agreed action"), "text"),
    Column("owner", message("Who"), "text"),
    Column("due_on", message("Until"), "date"),
    Column("state", message("State"), "text"),
    Column("is_late", message("Late"), "flag"),
    Column("agreed_on", message("Agreed on"), "date"),
)
_SCHEMA: dict[str, Any] = {
    "subject": pl.String, "record_id": pl.Int64, "dealer_id": pl.String, "what": pl.String, "owner": pl.String, "due_on": pl.Date, "state": pl.String,
    "agreed_on": pl.Date, "is_late": pl.Boolean,
}  # fmt: skip


def of_dealer(source: Source, dealer_id: str, today: date) -> pl.DataFrame:
    """The actions agreed with a dealer, open and late ones first: subject, record_id, dealer_id, what, owner, due_on, state, agreed_on, is_late."""
    rows = []
    for kept in records.newest(source.home, "action"):
        said = kept.payload or {}
        if said.get("dealer_id") == dealer_id:
            due, agreed = _day(said.get("due_on")), _day(said.get("agreed_on"))
            state = str(said.get("state", "open"))
            rows.append(
                (kept.subject, kept.id, dealer_id, said.get("what"), said.get("owner"), due, state, agreed, state == "open" and due is not None and due < today)
            )
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return frame.sort(pl.col("state") != "open", "due_on", "subject", nulls_last=True)


def reviews_of(source: Source, dealer_id: str) -> pl.DataFrame:
    """The reviews held with a dealer, the newest first: held_on, who, tier, score, note."""
    held = [(kept, kept.payload or {}) for kept in records.history(source.home, "review", dealer_id)]
    rows = [(_day(said.get("held_on")), kept.who, said.get("tier"), said.get("score"), said.get("note")) for kept, said in reversed(held)]
    schema: dict[str, Any] = {"held_on": pl.Date, "who": pl.String, "tier": pl.String, "score": pl.Float64, "note": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def agree(home: str, dealer_id: str, what: str, owner: str, due_on: date, today: date, who: Scope, version: int | None) -> str:
    """Keep an action; returns its subject. Raises BadUse where it lacks what is to be done or who does it."""
    what, owner = _line(what), _line(owner)
    if not what or not owner:
        raise BadUse(message("An action says what is to be done and who does it."))
    known = [kept for kept in records.newest(home, "action", with_ended=True) if kept.subject.startswith(f"{dealer_id}/")]
    subject = f"{dealer_id}/{len(known) + 1}"
    payload = {"dealer_id": dealer_id, "what": what, "owner": owner, "due_on": due_on.isoformat(), "agreed_on": today.isoformat(), "state": "open"}
    records.record(home, "action", subject, payload, who, version)
    return subject


def move(home: str, action: Mapping[str, Any], state: str, who: Scope, version: int | None) -> None:
    """Say how an action stands now. action: a row of `of_dealer`. Raises BadUse for an unknown state, NotKept where somebody else changed it meanwhile."""
    if state not in STATES:
        raise BadUse(message("There is no state “{state}”; there are {states}.", state=state, states=", ".join(STATES)))
    payload = {name: _kept(action[name]) for name in ("dealer_id", "what", "owner", "due_on", "agreed_on")} | {"state": state}
    records.record(home, "action", str(action["subject"]), payload, who, version, int(action["record_id"]))


def hold_review(home: str, dealer_id: str, held_on: date, tier: str | None, score: float | None, note: str, who: Scope, version: int | None) -> None:
    """Keep that a review was held, with the tier and score that were looked at."""
    payload = {"held_on": held_on.isoformat(), "tier": tier, "score": score, "note": _line(note)}
    records.record(home, "review", dealer_id, payload, who, version)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(kept: Any) -> date | None:
    if isinstance(kept, date):
        return kept
    try:
        return date.fromisoformat(str(kept)[:10]) if kept else None
    except ValueError:
        return None
