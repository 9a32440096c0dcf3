"""The chain: each row's hash covers the row and the hash of the row before, so that no row can be changed, moved or taken out unseen.

A chain alone cannot see that its end was cut off; the anchor (see anchor.py) can.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.messages import Message, message
from engine.store.records.anchor import DAMAGED, Anchor

GENESIS = "0" * 64
HASHED = ("seq", "kind", "subject", "payload", "who", "self_declared", "at", "warehouse_version", "replaces", "previous_hash")
HASHED_IF_THERE = ("identity", "zone")
"""Columns that came later: a row that holds neither is hashed as it was written, before there were any."""
MOST_FAULTS = 20


@dataclass(frozen=True)
class Verdict:
    """What the verifier found. count: rows that are there. last_hash: hash of the last one. faults: sentences; none = all is as it was written."""

    count: int
    last_hash: str
    faults: tuple[Message, ...]

    @property
    def is_sound(self) -> bool:
        return not self.faults


def digest(row: Mapping[str, Any]) -> str:
    """The hash of a row (SHA-256 as 64 hex digits) over its canonical JSON: fixed order of fields, types told apart.

    A value of a type that was never written (a blob in place of text) is hashed as what it is, and so cannot pass for the text.
    """
    later = [row.get(name) for name in HASHED_IF_THERE]
    whole = [row[name] for name in HASHED] + (later if any(value is not None for value in later) else [])
    canonical = json.dumps(whole, ensure_ascii=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def verdict(rows: Iterable[Mapping[str, Any]], anchor: Anchor | None) -> Verdict:
    """Walk the whole chain (rows ordered by seq) and hold it against the anchor; None = there is no anchor."""
    faults: list[Message] = []
    count, last_hash, anchored = 0, GENESIS, None
    for count, row in enumerate(rows, start=1):
        fault = _fault(row, count, last_hash)
        if fault is not None and len(faults) < MOST_FAULTS:
            faults.append(fault)
        last_hash = str(row["hash"])
        if anchor is not None and count == anchor.count:
            anchored = row
    faults += _off_anchor(count, anchored, anchor)
    return Verdict(count, last_hash, tuple(faults))


def _fault(row: Mapping[str, Any], place: int, before: str) -> Message | None:
    """What is wrong with the row at a place of the chain (from 1), whose row before has the hash `before`."""
    if row["seq"] != place:
        return message("At place {place} of the records lies number {found}: rows were taken out or moved.", place=place, found=str(row["seq"]))
    if row["hash"] != digest(row):
        return message("Record {found} is not what was written: its content does not fit its hash.", found=str(place))
    if row["previous_hash"] != before:
        return message("Record {found} does not follow from the one before it: rows were changed, moved or put in.", found=str(place))
    return None


def _off_anchor(count: int, anchored: Mapping[str, Any] | None, anchor: Anchor | None) -> list[Message]:
    if anchor is None:
        return [message("The anchor of the records is missing: nobody can tell whether the last ones were cut off.")] if count else []
    if anchor == DAMAGED:
        return [message("The anchor of the records is damaged: nobody can tell whether the last ones were cut off.")]
    if anchor.count > count:
        return [message("The last {n} records are gone: the anchor knows {known}, there are {found}.", n=anchor.count - count, known=anchor.count, found=count)]
    if anchored is not None and (anchored["seq"], anchored["hash"]) != (anchor.last, anchor.hash):
        return [message("Record {found} is another than the one that the anchor names: the chain was written anew.", found=str(anchor.count))]
    return []
