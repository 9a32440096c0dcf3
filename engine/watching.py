"""The verbs of the command line that watch: `records` lists what was kept and proves that it is whole, `audit` searches who did what, `remind`
sends what is due. For people and for cron."""

import argparse
import json
import sys
from typing import Any

from engine.printing import printed
from engine.scope import Scope
from engine.store.home import Home

DONE, REFUSED, FAILED = 0, 2, 3
RECORD_FIELDS = ("id", "kind", "subject", "who", "at", "version", "replaces", "payload", "identity", "zone")
AUDIT_FIELDS = ("at", "who", "act", "about", "said", "version", "zone", "identity", "record_id")
DELIVERY_FIELDS = ("person", "way", "day", "state", "reminders", "tries", "why")


def audit(asked: argparse.Namespace, home: Home, scope: Scope) -> int:
    """Print the lines of the audit, the newest first. Raises NotKept."""
    from engine.answers import audit as kept
    from engine.language import say
    from engine.messages import Message

    answer = kept.search(home, scope, " ".join(asked.words), asked.act or "", asked.who or "", asked.first, asked.last)
    rows = (
        [say(Message.from_json(row[name]), "en") if name == "act" else row[name] for name in AUDIT_FIELDS] for row in answer.frame.iter_rows(named=True)
    )  # fmt: skip
    print(printed(AUDIT_FIELDS, list(rows), asked.format))
    return DONE


def remind(asked: argparse.Namespace, home: Home) -> int:
    """Send the reminders that are due and print each; with `--dry-run` only print them. Returns 3 where one failed: it is tried again."""
    from engine.answers import telling
    from engine.language import say

    done = telling.remind(home, dry_run=asked.dry_run)
    rows: list[tuple[Any, ...]] = [
        (
            one.person,
            one.way,
            one.day.isoformat(),
            "due" if asked.dry_run else one.state,
            len(one.keys),
            one.tries,
            "" if one.why is None else say(one.why, "en"),
        )
        for one in done
    ]
    print(printed(DELIVERY_FIELDS, rows, asked.format))
    return FAILED if not asked.dry_run and any(one.state == telling.FAILED for one in done) else DONE


def records(asked: argparse.Namespace, home: Home) -> int:
    """Print the records of a kind (or of all), oldest first; or walk the chain and say whether it is whole: 2 where it is not."""
    from engine.answers import records as kept

    if asked.act == "verify":
        return _print_verdict(asked.format, kept.verified(home))
    rows = [
        (
            record.id, record.kind, record.subject, record.who, record.at, record.version, record.replaces, json.dumps(record.payload, ensure_ascii=False),
            record.identity, record.zone,
        )
        for kind in ([asked.kind] if asked.kind else kept.KINDS)
        for record in kept.history(home, kind)
    ]  # fmt: skip
    print(printed(RECORD_FIELDS, sorted(rows), asked.format))
    return DONE


def _print_verdict(form: str, found: Any) -> int:
    """0 where the chain is as it was written, else 2 and one sentence a fault on standard error."""
    if form == "json":
        print(json.dumps({"records": found.count, "sound": found.is_sound, "last_hash": found.last_hash, "faults": [str(said) for said in found.faults]}))
    elif found.is_sound:
        print(f"{found.count} records, unbroken from the first to the last.")
    for said in found.faults:
        sys.stderr.write(" ".join(str(said).split()) + "\n")
    return DONE if found.is_sound else REFUSED
