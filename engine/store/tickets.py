"""Sign-ins as this program knows them: when each was made, when it was last used, and whether it was ended. One row each, beside the drafts.

Several processes share them, so that whoever signs out at one is out at all, and a restart neither forgets who signed out nor asks everybody
to sign in anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from engine.store.home import Home
from engine.store.records.opening import reading, writing
from engine.store.records.tables import DRAFTS

_NAME = "sign-in "
_FORGOTTEN_AFTER = 7 * 24 * 3600
"""Seconds after which an older sign-in of somebody is forgotten; longer than any may last."""


@dataclass(frozen=True)
class Ticket:
    """One sign-in. since, seen: seconds since 1970. is_ended: they signed out, or it grew too old."""

    since: float
    seen: float
    is_ended: bool = False


def kept(home: Home, who: str, name: str) -> Ticket | None:
    """What is known of somebody's sign-in; None = it is new. Raises Busy, NotKept."""
    if not home.has_records:
        return None
    with reading(home) as connection:
        return _read(connection, who, name)


def keep(home: Home, who: str, name: str, ticket: Ticket) -> Ticket:
    """Keep a sign-in as it stands now; one that was ended stays so, one that was used later too. Raises Busy, NotKept."""
    with writing(home) as connection:
        before = _read(connection, who, name)
        if before is not None:
            ticket = Ticket(before.since, max(before.seen, ticket.seen), before.is_ended or ticket.is_ended)
        else:
            _forget(connection, who, ticket.since - _FORGOTTEN_AFTER)
        connection.execute(delete(DRAFTS).where(DRAFTS.c.who == who, DRAFTS.c.name == _NAME + name))
        payload = json.dumps({"since": ticket.since, "seen": ticket.seen, "ended": ticket.is_ended})
        connection.execute(insert(DRAFTS), {"who": who, "name": _NAME + name, "payload": payload, "at": datetime.now(UTC).isoformat(timespec="seconds")})
    return ticket


def latest(home: Home) -> dict[str, datetime]:
    """Issuer and subject of everybody who signed in -> when they did last (UTC). Raises Busy, NotKept."""
    if not home.has_records:
        return {}
    with reading(home) as connection:
        rows = connection.execute(select(DRAFTS.c.who, DRAFTS.c.payload).where(DRAFTS.c.name.startswith(_NAME))).all()
    found: dict[str, float] = {}
    for who, payload in rows:
        found[who] = max(found.get(who, 0.0), float(json.loads(payload)["since"]))
    return {who: datetime.fromtimestamp(since, UTC) for who, since in found.items()}


def _read(connection: Connection, who: str, name: str) -> Ticket | None:
    found = connection.execute(select(DRAFTS.c.payload).where(DRAFTS.c.who == who, DRAFTS.c.name == _NAME + name)).scalar()
    told: Mapping[str, Any] | None = None if found is None else json.loads(found)
    return None if told is None else Ticket(float(told["since"]), float(told["seen"]), bool(told["ended"]))


def _forget(connection: Connection, who: str, before: float) -> None:
    """Forget the sign-ins of somebody that nobody can use any longer, so that each person has but a few."""
    rows = connection.execute(select(DRAFTS.c.name, DRAFTS.c.payload).where(DRAFTS.c.who == who, DRAFTS.c.name.startswith(_NAME))).all()
    for name, payload in rows:
        if float(json.loads(payload)["since"]) < before:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.who == who, DRAFTS.c.name == name))
