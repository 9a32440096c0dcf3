"""The company's own records: what people decided, agreed and set. Append-only; a change is a new row.

Every row says who, when (UTC) and which version of the warehouse they looked at, and carries a hash over itself and the row
before it (engine/store/records/chain.py). The length and the end of the chain are anchored in a file outside of the database.
Two processes may write at once: each waits for the other, and both rows stand.

Drafts are the exception: what somebody has begun and not decided yet is overwritten as it changes, and survives a restart.
"""

import contextlib
import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Dialect, Select, delete, func, insert, select, union_all

from engine.errors import BadUse, NotKept
from engine.messages import message
from engine.store.home import Home
from engine.store.records import anchor, chain, opening
from engine.store.records.record import KINDS, Record
from engine.store.records.tables import DRAFTS, RECORDS

_LAST = select(func.max(RECORDS.c.seq))


def append(
    home: Home, kind: str, subject: str, payload: Mapping[str, Any] | None, who: str, version: int | None, replaces: int | None = None,
    self_declared: bool = True, identity: str = "",
) -> Record:  # fmt: skip
    """Keep a decision. payload: what JSON can say; days become ISO text.

    replaces: id of the row that the writer saw about this subject; None = whatever is the newest; 0 = that there was none.
    identity: issuer and subject of the writer's sign-in; empty = nobody signed in.
    Raises BadUse for an unknown kind or a payload that JSON cannot hold, NotKept where somebody else changed the subject in the
    meantime or the records cannot be written, Busy where somebody else is writing for too long.
    """
    return _append(home, kind, [(subject, payload)], (who, identity, self_declared), version, replaces)[0]


def append_all(
    home: Home, kind: str, entries: Sequence[tuple[str, Mapping[str, Any] | None]], who: str, version: int | None, self_declared: bool = True,
    identity: str = "",
) -> list[Record]:  # fmt: skip
    """Keep several decisions of a kind, each as (subject, payload): all of them or none. Raises as `append` does."""
    return _append(home, kind, entries, (who, identity, self_declared), version, None)


def _append(
    home: Home, kind: str, entries: Sequence[tuple[str, Mapping[str, Any] | None]], by: tuple[str, str, bool], version: int | None, replaces: int | None
) -> list[Record]:
    if kind not in KINDS:
        raise BadUse(message("There is no kind of record “{kind}”; the kinds are {kinds}.", kind=kind, kinds=", ".join(KINDS)))
    if not entries:
        return []
    who, identity, self_declared = by
    said: dict[str, Any] = {
        "kind": kind, "who": _clean(who), "self_declared": int(self_declared), "warehouse_version": version, "identity": identity or None, "zone": _zone(),
    }  # fmt: skip
    texts = [(_clean(subject), None if payload is None else as_json(payload)) for subject, payload in entries]
    with opening.faults_as_sentences():
        before = anchor.read(home.records)
    rows: list[dict[str, Any]] = []
    with opening.writing(home) as connection:
        for about, payload in texts:
            latest = _latest(connection, kind, about)
            if replaces is not None and replaces != (latest or {}).get("seq", 0):
                raise NotKept(_overtaken(latest))
            row = _link(connection, said | {"subject": about, "payload": payload, "replaces": (latest or {}).get("seq")})
            connection.execute(insert(RECORDS), row)
            rows.append(row)
        is_anchored = before is None or _hash_at(connection, before.last) == before.hash
    # An anchor that does not fit the chain stays as it is: the verifier shall go on telling of it.
    if is_anchored:
        with contextlib.suppress(OSError):  # the rows are kept whatever becomes of it; an anchor that lags is moved on by the next writer
            anchor.move_on(home.records, anchor.Anchor(rows[-1]["seq"], rows[-1]["seq"], rows[-1]["hash"]))
    return [_record(row) for row in rows]


def newest(home: Home, kind: str, subject: str | None = None, with_ended: bool = False) -> list[Record]:
    """The newest row of each subject of a kind (or of one subject), in the order in which they were kept; withdrawn ones only if asked for."""
    if not home.has_records:
        return []
    last = select(func.max(RECORDS.c.seq)).where(RECORDS.c.kind == kind).group_by(RECORDS.c.subject)
    if subject is not None:
        last = last.where(RECORDS.c.subject == subject)
    with opening.reading(home) as connection:
        found = connection.execute(select(RECORDS).where(RECORDS.c.seq.in_(last)).order_by(RECORDS.c.seq)).mappings().all()
    records = [_record(dict(row)) for row in found]
    return records if with_ended else [record for record in records if not record.is_ended]


def history(home: Home, kind: str, subject: str | None = None) -> list[Record]:
    """Every row of a kind (about one subject), oldest first."""
    if not home.has_records:
        return []
    wanted = select(RECORDS).where(RECORDS.c.kind == kind).order_by(RECORDS.c.seq)
    if subject is not None:
        wanted = wanted.where(RECORDS.c.subject == subject)
    with opening.reading(home) as connection:
        return [_record(dict(row)) for row in connection.execute(wanted).mappings().all()]


def head(home: Home, *kinds: str) -> int:
    """The id of the newest row of some kinds (none named: of all); 0 = there is none. Cheap: part of every cache key."""
    if not home.has_records:
        return 0
    with opening.reading(home) as connection:
        return int(connection.exec_driver_sql(_last_of(kinds, connection.dialect)).scalar() or 0)


@functools.cache
def _last_of(kinds: tuple[str, ...], dialect: Dialect) -> str:
    """One statement for some kinds, each of them a step into the index; none = of all. Put into words once: every rerun of a page asks it."""
    return str(_newest_of(kinds).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _newest_of(kinds: tuple[str, ...]) -> Select[Any]:
    if not kinds:
        return _LAST
    found = union_all(*(select(func.max(RECORDS.c.seq).label("last")).where(RECORDS.c.kind == kind) for kind in kinds)).subquery()
    return select(func.max(found.c.last))


def page(
    home: Home, kinds: Iterable[str], *, who: str | None = None, first: datetime | None = None, last: datetime | None = None, before: int | None = None,
    most: int = 1000,
) -> list[Record]:  # fmt: skip
    """Rows of some kinds, the newest first and at most so many. who: of this person alone. first, last: moments (UTC) between which they were
    kept, the last excluded. before: only rows with a smaller id, for the next page."""
    if not home.has_records:
        return []
    wanted = select(RECORDS).where(RECORDS.c.kind.in_(list(kinds))).order_by(RECORDS.c.seq.desc()).limit(most)
    bounds = (
        (who, lambda name: RECORDS.c.who == name),
        (first, lambda moment: RECORDS.c.at >= _text_of(moment)),
        (last, lambda moment: RECORDS.c.at < _text_of(moment)),
        (before, lambda seq: RECORDS.c.seq < seq),
    )
    for value, bound in bounds:
        wanted = wanted if value is None else wanted.where(bound(value))
    with opening.reading(home) as connection:
        return [_record(dict(row)) for row in connection.execute(wanted).mappings().all()]


def verify(home: Home) -> chain.Verdict:
    """Walk the chain and hold it against the anchor. Raises NotKept where the records cannot be read at all."""
    with opening.faults_as_sentences():
        kept = anchor.read(home.records)
    if not home.has_records:
        return chain.verdict((), kept)
    with opening.reading(home) as connection:
        return chain.verdict(map(dict, connection.execute(select(RECORDS).order_by(RECORDS.c.seq)).mappings()), kept)


def save_draft(home: Home, who: str, name: str, payload: Mapping[str, Any]) -> None:
    """Keep what somebody has begun, in place of what was kept before. Raises BadUse, Busy, NotKept."""
    row = {"who": _clean(who), "name": _clean(name), "payload": as_json(payload), "at": _now()}
    with opening.writing(home) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.who == row["who"], DRAFTS.c.name == row["name"]))
        connection.execute(insert(DRAFTS), row)


def draft(home: Home, who: str, name: str) -> dict[str, Any] | None:
    """What somebody has begun under a name; None = nothing."""
    if not home.has_records:
        return None
    with opening.reading(home) as connection:
        found = connection.execute(select(DRAFTS.c.payload).where(DRAFTS.c.who == who, DRAFTS.c.name == name)).scalar()
    kept: dict[str, Any] | None = None if found is None else json.loads(found)
    return kept


def drop_draft(home: Home, who: str, name: str) -> None:
    """Forget a draft; nothing happens where there is none."""
    if home.has_records:
        with opening.writing(home) as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.who == who, DRAFTS.c.name == name))


def as_json(payload: Mapping[str, Any]) -> str:
    """A payload as the text that is hashed. Raises BadUse for what JSON cannot hold: NaN, infinity, half signs, foreign types."""
    try:
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_day)
        text.encode("utf-8")
    except (TypeError, ValueError) as fault:
        raise BadUse(message("This cannot be kept as a record: {fault}", fault=str(fault))) from fault
    return text


def _day(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"a value of type {type(value).__name__}")


def _link(connection: Connection, fields: dict[str, Any]) -> dict[str, Any]:
    """The next row of the chain."""
    last = connection.execute(select(RECORDS.c.seq, RECORDS.c.hash).order_by(RECORDS.c.seq.desc()).limit(1)).first()
    seq, before = (last[0], last[1]) if last else (0, chain.GENESIS)
    row = fields | {"seq": seq + 1, "at": _now(), "previous_hash": before}
    return row | {"hash": chain.digest(row)}


def _latest(connection: Connection, kind: str, subject: str) -> dict[str, Any] | None:
    about = select(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.subject == subject).order_by(RECORDS.c.seq.desc()).limit(1)
    found = connection.execute(about).mappings().first()
    return dict(found) if found else None


def _hash_at(connection: Connection, seq: int) -> str | None:
    found: str | None = connection.execute(select(RECORDS.c.hash).where(RECORDS.c.seq == seq)).scalar()
    return found


def _overtaken(latest: dict[str, Any] | None) -> Any:
    if latest is None:
        return message("What you want to change is no longer there; look again.")
    return message("{who} changed this in the meantime; look at it again before you change it.", who=latest["who"])


def _record(row: Mapping[str, Any]) -> Record:
    payload = None if row["payload"] is None else json.loads(row["payload"])
    return Record(
        row["seq"], row["kind"], row["subject"], payload, row["who"], datetime.fromisoformat(row["at"]), row["warehouse_version"], row["replaces"],
        bool(row["self_declared"]), row["identity"] or "", row["zone"] or "",
    )  # fmt: skip


def _now() -> str:
    return _text_of(datetime.now(UTC))


def _text_of(moment: datetime) -> str:
    """A moment as rows hold it: of one length, so that the texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _zone() -> str:
    """The offset of the local time from UTC, such as +08:00."""
    return datetime.now().astimezone().isoformat()[-6:]


def _clean(text: str) -> str:
    """A name without signs that no database keeps. Raises BadUse for one that is empty."""
    kept = "".join(sign for sign in text if sign.isprintable()).strip()
    if not kept:
        raise BadUse(message("A record needs a name of what it is about and of who decided it."))
    return kept
