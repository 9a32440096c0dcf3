"""The audit: who did what and when. Notes are kept beside the decisions, in the same chain that nobody can change unseen.

What is a decision already (a setting, an agreed action, who may see what) is a record of its own kind; `search` reads those and the
notes together, so nothing is kept twice.
"""

import functools
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.access import LONGEST_SUBJECT, require
from engine.answers.answer import Answer, Column
from engine.answers.records import KINDS, Record
from engine.answers.source import Memory
from engine.audit import DETAILS, details, in_order, named, worded
from engine.errors import GranaryError
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.store.home import DEMO_HOME, Home
from engine.store.versions import current
from engine.visible import LONGEST_NAME, visible

LOG = logging.getLogger("granary.audit")
KIND = "audit"
LABELS = DETAILS
Entry = tuple[str, str, Mapping[str, Any]]
"""Act, what it was done to, details."""
MOST = 5000
"""Lines that a search gives at most, the newest; more are counted by nobody and asked for by days."""
COLUMNS = (
    Column("at", message("When (UTC)"), "time"),
    Column("who", message("Who"), "text"),
    Column("act", message("Did what"), "message"),
    Column("about", message("To what"), "text"),
    Column("said", message("In full"), "text"),
    Column("sha256", message("Fingerprint of the file"), "code"),
    Column("version", message("Data version"), "count"),
    Column("zone", message("Local time"), "text"),
    Column("is_signed_in", message("Signed in"), "flag"),
    Column("identity", message("Issuer and subject"), "code"),
    Column("record_id", message("Record"), "count"),
    Column("replaces", message("In place of record"), "count"),
)
WATCHED: dict[str, tuple[str, ...]] = {
    "start": ("margin",), "health": ("margin",), "item": ("margin",), "credit": ("credit",), "orders": ("credit",), "dealer_desk": ("credit",),
    "dealer": ("credit", "dealer_profit"), "review": ("credit", "dealer_profit"), "dealer_profit": ("dealer_profit",), "scorecard": ("margin",),
    "cash": ("cash",),
}  # fmt: skip
"""Page -> what it shows that not everybody may see (`engine.roles.FACETS`): whoever signed in and looks at it leaves a line."""
_FOUND = Memory(8)
_SCHEMA: dict[str, Any] = {
    "at": pl.Datetime("us", "UTC"), "who": pl.String, "act": pl.String, "about": pl.String, "said": pl.String, "sha256": pl.String,
    "version": pl.Int64, "zone": pl.String, "is_signed_in": pl.Boolean, "identity": pl.String, "record_id": pl.Int64,
    "replaces": pl.Int64, "code": pl.String, "details": pl.String,
}  # fmt: skip


def note(home: str | Home, scope: Scope, act: str, subject: str = "", **more: Any) -> None:
    """Keep that somebody did something. act: a name of `engine.audit.ACTS`. subject: what it was done to. more: details, by short names;
    `version` of them: of the data that were looked at.

    Takes some milliseconds: the line is on the disk when this returns. Never raises: where the records cannot be written, the line goes
    to the program's log, and what is noted still happens. What is done to the demo's figures is not noted: they are nobody's.
    """
    notes(home, scope, [(act, subject, more)])


def notes(home: str | Home, scope: Scope, entries: Sequence[Entry]) -> None:
    """Keep several lines at once, in their order, as `note` does: all of them or none."""
    place = home if isinstance(home, Home) else Home(Path(home))
    if not entries or place.path == DEMO_HOME:
        return
    from engine.store import decisions

    who, identity = real_person(scope)
    seen = next((more["version"] for _, _, more in entries if more.get("version") is not None), None)
    lines = [(visible(act, LONGEST_NAME), _kept(scope, subject, more)) for act, subject, more in entries]
    try:
        decisions.append_all(place, KIND, lines, who, seen, not scope.is_signed_in, identity)
    except GranaryError as fault:
        for act, kept in lines:
            LOG.error("not kept: %s %s %s (%s)", who, act, kept, visible(str(fault)))


def _kept(scope: Scope, subject: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """What a line holds: what it was done to, as whom, and the details."""
    given = {name: value for name, value in more.items() if name != "version"}
    return details({"about": visible(subject, LONGEST_NAME), "as": scope.who if scope.seen_by else None} | given)


def facets_of(page: str, scope: Scope) -> tuple[str, ...]:
    """What a page shows to somebody that not everybody may see; nothing for whoever sits at their own machine and answers to nobody."""
    if not scope.is_signed_in:
        return ()
    return tuple(facet for facet in WATCHED.get(page, ()) if scope.shows(facet))


def search(
    home: str | Home, scope: Scope, words: str = "", act: str = "", who: str = "", first: date | None = None, last: date | None = None
) -> Answer:  # fmt: skip
    """Notes and decisions that hold every one of some words, of one act, of one person, of some days (UTC): COLUMNS, the newest first.

    extra: `acts` (code, act) and `people` (who) that occur in these days, for choosing; `lines` (code, details as JSON), the same rows in the same
    order. facts: `is_cut` where there are more than MOST.
    Raises NotAllowed for whoever may not read the audit, NotKept where the records cannot be read.
    """
    require(scope, "audit")
    from engine.store import decisions

    place = home if isinstance(home, Home) else Home(Path(home))
    key = place.path, decisions.head(place), words, act, who, first, last
    found: Answer = _FOUND.recall(key, lambda: _search(place, words, act, who, first, last))
    return found


def _search(home: Home, words: str, act: str, who: str, first: date | None, last: date | None) -> Answer:
    wanted = [word.casefold() for word in visible(words, LONGEST_NAME).split()]
    lines, codes, people = list[dict[str, Any]](), set[str](), set[str]()
    for record in _between(home, first, last):
        code = record.subject if record.kind == KIND else record.kind
        codes.add(code)
        people.add(record.who)
        if (act and code != act) or (who and record.who != who):
            continue
        if _holds(record, code, wanted):
            lines.append(_line(record, code))
        if len(lines) > MOST:
            break
    frame = pl.DataFrame(lines[:MOST], schema=_SCHEMA)
    chosen = pl.DataFrame([(code, _act(code)) for code in sorted(codes)], schema={"code": pl.String, "act": pl.String}, orient="row")
    return Answer(
        name="audit", headline=_headline(frame, len(lines) > MOST), frame=frame.select(column.name for column in COLUMNS), columns=COLUMNS,
        version=current(home) or 0,
        extra={"acts": chosen, "lines": frame.select("code", "details"), "people": pl.DataFrame({"who": sorted(people)}, schema={"who": pl.String})},
        facts={"is_cut": len(lines) > MOST},
    )  # fmt: skip


def _between(home: Home, first: date | None, last: date | None) -> Iterator[Record]:
    """Every record of some days, the newest first, read page by page."""
    from engine.store import decisions

    after = None if first is None else datetime.combine(first, time(), UTC)
    until = None if last is None else datetime.combine(last, time(), UTC) + timedelta(days=1)
    before: int | None = None
    while found := decisions.page(home, KINDS, first=after, last=until, before=before):
        yield from found
        before = found[-1].id


def _line(record: Record, code: str) -> dict[str, Any]:
    """One record as a line; what a decision holds is taken for its details."""
    payload = record.payload or {"ended": True}
    about = str(payload.get("about", "")) if record.kind == KIND else record.subject
    kept = details(dict(in_order(payload)))
    return {
        "at": record.at, "who": record.who, "act": _act(code), "about": visible(about, LONGEST_NAME), "said": worded(kept),
        "sha256": payload.get("sha256") if record.kind == KIND else None, "version": record.version, "zone": record.zone or None,
        "is_signed_in": not record.self_declared, "identity": record.identity or None, "record_id": record.id,
        "replaces": None if record.kind == KIND else record.replaces, "code": code, "details": json.dumps(kept),
    }  # fmt: skip


@functools.lru_cache(maxsize=256)
def _act(code: str) -> str:
    return named(code).to_json()


def _holds(record: Record, code: str, words: list[str]) -> bool:
    """Whether a line holds all of the words: in who and what, or anywhere in what was kept (as it was kept, in English)."""
    if not words:
        return True
    text = f"{record.who} {record.identity} {record.subject} {code} {named(code).text} {json.dumps(record.payload, ensure_ascii=False)}".casefold()
    return all(word in text for word in words)


def _headline(frame: pl.DataFrame, is_cut: bool) -> Message:
    if is_cut:
        return message("The newest {n_lines} lines are shown; choose fewer days to see older ones.", n_lines=frame.height)
    if frame.is_empty():
        return message("Nothing is kept for this choice.")
    return plural("{n} line, by {n_people} people.", "{n} lines, by {n_people} people.", n=frame.height, n_people=frame["who"].n_unique())


def real_person(scope: Scope) -> tuple[str, str]:
    """Name and identity (issuer and subject; empty = nobody signed in) of the person at the keyboard, also where they look as somebody else."""
    return visible(scope.seen_by or scope.who, LONGEST_NAME) or "?", visible("" if scope.seen_by else scope.subject, LONGEST_SUBJECT)
