"""Whether somebody may do what they want to do: the act by their role, and what it is done to by their rows. Refusals are noted in the audit.

Every record passes through `check_records`, so that a page that forgets to ask cannot decide for somebody who may not.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from engine.errors import NotAllowed
from engine.messages import Message, message
from engine.scope import Scope
from engine.store.bounded import Bounds
from engine.store.home import Home
from engine.store.records.record import ASSORTMENT, MEETING, NOTES

ACT_OF_KIND = {
    "setting": "settings", "access": "people", "person": "", "order_file": "decide", "clearance": "decide", "credit_decision": "decide", "action": "decide",
    "review": "decide", "contact": "", **dict.fromkeys(MEETING, "decide"), "plan": "approve",
    **dict.fromkeys(ASSORTMENT, "decide"),
}  # fmt: skip
"""Kind of record -> the act (`engine.roles.ACTS`) that it takes; "" = everybody may, except who only looks on. A kind that is missing takes all of them."""
YOURS_ALONE = message("This belongs to a dealer whom you do not see.")
FAR = date(9999, 12, 31)
Entry = tuple[str, Mapping[str, Any] | None]


def require(scope: Scope, act: str, home: str | Home | None = None, about: str = "") -> None:
    """Raises NotAllowed unless somebody may do an act of `engine.roles.ACTS`; the refusal is noted where a home is named."""
    if scope.is_read_only:
        refuse(scope, message("You look at what {who} sees; nothing can be changed here.", who=scope.who), home, act, about)
    if act and not scope.may(act):
        refuse(scope, message("Your role does not allow this. Ask an administrator."), home, act, about)


def refuse(scope: Scope, said: Message, home: str | Home | None, act: str, about: str = "") -> None:
    """Raises NotAllowed, after a line in the audit."""
    if home is not None:
        from engine.answers import audit

        audit.note(home, scope, "refused", about, what=act)
    raise NotAllowed(said)


def check_records(home: Home, kind: str, entries: Sequence[Entry], who: Scope | str) -> None:
    """Raises NotAllowed where somebody may not keep records of a kind, or one of them is about a dealer or place that is not theirs."""
    if isinstance(who, str) or kind in NOTES:
        return
    require(who, ACT_OF_KIND.get(kind, "all"), home, kind)
    if who.sees_all or kind not in ROWS_OF:
        return
    own = own_rows(home, who)
    for subject, payload in entries:
        if not ROWS_OF[kind](home, who, own, subject, payload or {}):
            refuse(who, YOURS_ALONE, home, kind, subject)


class Own:
    """The codes of the dealers and places that a bounded scope sees in the data that are served."""

    def __init__(self, home: Home, scope: Scope) -> None:
        from engine.store.versions import current
        from engine.store.warehouse import open_version

        version = current(home)
        self.served = None if version is None else open_version(home, version).within(Bounds(scope.regions, scope.dealers))
        self.dealers = frozenset[str](self.served.read("choices_dealers")["dealer_id"] if self.served else ())
        self.places = frozenset[str](self.served.read("choices_places")["location_id"] if self.served else ())


def own_rows(home: str | Home, scope: Scope) -> Own:
    """What a bounded scope may act upon."""
    return Own(home if isinstance(home, Home) else Home(Path(home)), scope)


def _action(home: Home, scope: Scope, own: Own, subject: str, payload: Mapping[str, Any]) -> bool:
    return subject.rpartition("/")[0] in own.dealers and payload.get("dealer_id", subject.rpartition("/")[0]) in own.dealers


def _review(home: Home, scope: Scope, own: Own, subject: str, payload: Mapping[str, Any]) -> bool:
    return subject in own.dealers


def _order_file(home: Home, scope: Scope, own: Own, subject: str, payload: Mapping[str, Any]) -> bool:
    return subject in own.places and payload.get("location_id", subject) in own.places and payload.get("dealer_id") in {*own.dealers, None}


def _clearance(home: Home, scope: Scope, own: Own, subject: str, payload: Mapping[str, Any]) -> bool:
    """A listing names its place; one of all our places is the company's. What is changed or taken off must have been theirs before."""
    from engine.store import decisions

    before = [kept.payload or {} for kept in decisions.newest(home, "clearance", subject, with_ended=True)]
    said = [*before, *([payload] if payload.get("ended") is not True else [])]
    return bool(said) and all(kept.get("location_id") in own.places for kept in said)


def _credit_decision(home: Home, scope: Scope, own: Own, subject: str, payload: Mapping[str, Any]) -> bool:
    """An order is its dealer's, whatever is said of it."""
    mine = own.served.read("credit_orders", as_of=FAR, dealers=None) if own.served else None
    return mine is not None and subject in set(mine["order_id"]) and payload.get("dealer_id") in {*own.dealers, None} and scope.shows("credit")


ROWS_OF = {"action": _action, "review": _review, "order_file": _order_file, "clearance": _clearance, "credit_decision": _credit_decision}
"""Kind of record -> whether what it is about is somebody's own. Other kinds are about no dealer."""
