"""What is kept of a novelty: the day on which its pilot batch was done, and the result at the end of its time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.answers import records
from engine.answers.meeting import cycles
from engine.errors import Impossible, NotAllowed
from engine.messages import Message, message
from engine.scope import Scope
from engine.sop.decisions import day_of

KIND = "novelty"
RESULTS: dict[str, Message] = {
    "keep": message("stays in the assortment"),
    "watch": message("stays under watch"),
    "withdraw": message("candidate for withdrawal"),
}


@dataclass(frozen=True)
class Novelty:
    """pilot_on: when the pilot batch was done, from then on it is made to order; result: RESULTS, "" = not said yet; id: of the newest record."""

    pilot_on: date | None
    result: str
    note: str
    id: int


def novelties(home: str) -> dict[str, Novelty]:
    """Product -> what is kept of it."""
    return {kept.subject: _novelty(kept.payload or {}, kept.id) for kept in records.newest(home, KIND)}


def _novelty(said: Mapping[str, Any], number: int) -> Novelty:
    return Novelty(day_of(said.get("pilot_on")), str(said.get("result", "")), str(said.get("note", "")), number)


def write(home: str, sku: str, seen: int, who: Scope, version: int | None, pilot_on: date | None = None, result: str = "", note: str = "") -> None:
    """Say when the pilot was done and what became of a novelty. seen: id of the record that was seen, 0 = none. Raises Impossible, NotAllowed, NotKept."""
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))
    if result and result not in RESULTS:
        raise Impossible(message("“{result}” is no result; choose one of {results}.", result=result, results=tuple(RESULTS)))
    said = {"pilot_on": pilot_on.isoformat() if pilot_on else None, "result": result, "note": " ".join(note.split())[:600]}
    records.record(home, KIND, sku, said, who, version, seen)
