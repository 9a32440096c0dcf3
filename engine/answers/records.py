"""What people decided, as pages and answers see it: kept as rows of the records store, read back by kind and subject.

An answer that reads records is worked out anew when one of those kinds was added to: `newest`, `history` and `settings_on` note the
kind, and `engine.answers.source.remembered` makes it part of the key. Nothing has to be declared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Any

from engine.answers import allowing
from engine.scope import Scope
from engine.settings import Settings
from engine.store.home import Home
from engine.store.in_force import settings_on as _settings_on
from engine.store.records.chain import Verdict
from engine.store.records.record import DECISIONS, KINDS, Record
from engine.visible import visible

__all__ = [
    "DECISIONS",
    "KINDS",
    "Record",
    "draft",
    "drop_draft",
    "head",
    "heads",
    "history",
    "newest",
    "note",
    "noting",
    "record",
    "record_all",
    "save_draft",
    "settings_on",
    "verified",
    "why",
]

_NOTED: ContextVar[set[str] | None] = ContextVar("kinds of records that the answer in work has read", default=None)


def record(
    home: str | Home, kind: str, subject: str, payload: Mapping[str, Any] | None, who: Scope | str, version: int | None, replaces: int | None = None
) -> Record:
    """Keep a decision about a subject. payload: what JSON can say, days too; None or {"ended": True} withdraws the subject.

    version: of the warehouse that the person looked at. replaces: id of the row that they saw, None = whatever is the newest.
    Raises NotAllowed where the role or the rows of whoever signs do not allow it, BadUse for an unknown kind, NotKept where somebody else
    changed the subject in the meantime or the records cannot be written, Busy where somebody else is writing for too long.
    """
    from engine.store import decisions

    allowing.check_records(_home(home), kind, [(subject, payload)], who)
    identity = _identity(who)
    return decisions.append(_home(home), kind, subject, payload, _who(who), version, replaces, not identity, identity)


def record_all(home: str | Home, kind: str, entries: Sequence[tuple[str, Mapping[str, Any] | None]], who: Scope | str, version: int | None) -> list[Record]:
    """Keep several decisions of a kind, as (subject, payload): all of them or none. Raises as `record` does."""
    from engine.store import decisions

    allowing.check_records(_home(home), kind, entries, who)
    identity = _identity(who)
    return decisions.append_all(_home(home), kind, entries, _who(who), version, not identity, identity)


def why(reason: str) -> dict[str, str]:
    """The reason of a decision as its record holds it, on one line; nothing where none was told."""
    told = visible(reason)
    return {"reason": told} if told else {}


def newest(home: str | Home, kind: str, subject: str | None = None, with_ended: bool = False) -> list[Record]:
    """The newest row of each subject of a kind (or of one subject), oldest first; withdrawn subjects only with `with_ended`."""
    note((kind,))
    if not _home(home).has_records:
        return []
    from engine.store import decisions

    return decisions.newest(_home(home), kind, subject, with_ended)


def history(home: str | Home, kind: str, subject: str | None = None) -> list[Record]:
    """Every row of a kind (about one subject), oldest first."""
    note((kind,))
    if not _home(home).has_records:
        return []
    from engine.store import decisions

    return decisions.history(_home(home), kind, subject)


def settings_on(home: str | Home, day: date) -> Settings:
    """The settings that were, are or will be in force on a day."""
    note(("setting",))
    return _settings_on(_home(home), day)


def head(home: str | Home, *kinds: str) -> int:
    """The id of the newest row of some kinds (none named: of all that decide something; notes of what happened make no answer old); 0 = there is none."""
    if not _home(home).has_records:
        return 0
    from engine.store import decisions

    return decisions.head(_home(home), *(kinds or DECISIONS))


def heads(home: str | Home, kinds: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The head of each of some kinds, by name."""
    return tuple((kind, head(home, kind)) for kind in sorted(kinds))


def save_draft(home: str | Home, who: Scope | str, name: str, payload: Mapping[str, Any]) -> None:
    """Keep what somebody has begun, in place of what was kept before; it survives a restart. Raises NotAllowed for who only looks on."""
    from engine.store import decisions

    if isinstance(who, Scope):
        allowing.require(who, "decide", home, name)
    decisions.save_draft(_home(home), _drafter(who), name, payload)


def draft(home: str | Home, who: Scope | str, name: str) -> dict[str, Any] | None:
    """What somebody has begun under a name; None = nothing."""
    if not _home(home).has_records:
        return None
    from engine.store import decisions

    return decisions.draft(_home(home), _drafter(who), name)


def drop_draft(home: str | Home, who: Scope | str, name: str) -> None:
    """Forget a draft, once it is decided or given up. Raises NotAllowed for who only looks on."""
    if isinstance(who, Scope):
        allowing.require(who, "decide", home, name)
    if _home(home).has_records:
        from engine.store import decisions

        decisions.drop_draft(_home(home), _drafter(who), name)


def verified(home: str | Home) -> Verdict:
    """Whether every record is as it was written, and none is missing. Raises NotKept where the records cannot be read at all."""
    from engine.store import decisions

    return decisions.verify(_home(home))


def note(kinds: Iterable[str]) -> None:
    """The answer in work has read these kinds."""
    noted = _NOTED.get()
    if noted is not None:
        noted.update(kinds)


@contextmanager
def noting() -> Iterator[set[str]]:
    """The kinds that are read inside; whoever is noting outside notes them too."""
    kinds: set[str] = set()
    token = _NOTED.set(kinds)
    try:
        yield kinds
    finally:
        _NOTED.reset(token)
        note(kinds)


def _home(home: str | Home) -> Home:
    return home if isinstance(home, Home) else Home(Path(home))


def _who(who: Scope | str) -> str:
    return who if isinstance(who, str) else who.who


def _drafter(who: Scope | str) -> str:
    """Whose draft it is: drafts of two people of one name are two."""
    return _identity(who) or _who(who)


def _identity(who: Scope | str) -> str:
    """Issuer and subject of whoever signed in; empty for a name that nobody checked."""
    return "" if isinstance(who, str) else who.subject
