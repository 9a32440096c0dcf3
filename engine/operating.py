"""The verbs of the operation: close, backup, restore, verify, upgrade, doctor, sbom. Exit codes as everywhere: 0, 3 (told something), 2 (refused)."""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine import bootstrap
from engine.command_line import ALL_LOADED, REFUSED, WITH_REJECTS, at_terminal, complain, home_of, progress_lines, verdict
from engine.messages import Message
from engine.printing import printed
from engine.receipt_printing import print_receipt
from engine.store.home import Home

FINDINGS = ("check", "severity", "said")


def close(asked: argparse.Namespace) -> int:
    from engine.answers import closing

    home = home_of(asked)
    done = closing.close(home, asked.inbox, replace=asked.replace, partial=asked.partial, progress=progress_lines(), scope=at_terminal())
    if done.load is None:
        _tell(asked.format, {"version": done.version, "published": False, "moved": [], "told": _texts(done.told)}, ["The inbox is empty."], done.told)
        return ALL_LOADED
    print_receipt(asked.format, done.load, done.version, done.published, moved=list(done.moved), told=_texts(done.told))
    if asked.format == "text":
        for said in done.told:
            print(f"  {said}")
        if done.moved:
            print(f"Put away as done: {', '.join(done.moved)}")
        if done.published:
            _print_changes(home)
    return verdict(done.load.receipt)


def _print_changes(home: Home) -> None:
    """What the new version changed and why, as Start shows it."""
    from engine.answers.changes import changes
    from engine.language import formatted, say
    from engine.selection import Selection
    from engine.store.warehouse import open_warehouse

    answer = changes(open_warehouse(home), Selection(), at_terminal())
    print(say(answer.headline, "en"))
    currency = home.settings()["currency"]
    figures = ("before", "after", "difference", "earlier", "later")
    rows = [
        [say(Message.from_json(row["label"]), "en"), *(formatted(row[name], row["unit"], "en", currency) for name in figures)]
        for row in answer.frame.iter_rows(named=True)
    ]
    if rows:
        print(printed(("figure", *figures), rows, "text"))
    for note in answer.notes:
        print(f"  {say(note, 'en')}")


def _texts(said: Sequence[Message]) -> list[str]:
    return [str(one) for one in said]


def _tell(form: str, fields: dict[str, Any], lines: Sequence[str], told: Sequence[Message] = ()) -> None:
    """One JSON object, or lines with what was told below them."""
    if form == "json":
        print(json.dumps(fields, ensure_ascii=False, default=str))
        return
    for line in [*lines, *(f"  {said}" for said in told)]:
        print(line)


def backup(asked: argparse.Namespace) -> int:
    from engine.answers import audit
    from engine.store import backup as archive

    home = home_of(asked)
    done = archive.make(home, asked.file, progress_lines())
    audit.note(home, at_terminal(), "backup", done.file.name, version=done.version, rows=done.records)
    fields = {"file": done.file, "version": done.version, "members": done.members, "bytes": done.bytes, "records": done.records, "told": _texts(done.told)}
    _tell(asked.format, fields | {"seconds": round(done.seconds, 2)}, [
        f"{done.file}: version {done.version or 'none'}, {done.records} records, {done.members} files, {done.bytes / 1e6:.1f} MB in {done.seconds:.1f} s."
    ], done.told)  # fmt: skip
    return WITH_REJECTS if done.told else ALL_LOADED


def restore(asked: argparse.Namespace) -> int:
    from engine.answers import audit, upgrading
    from engine.store import restoring, soundness

    home = home_of(asked)
    done = restoring.restore(asked.file, home, progress_lines())
    brought = upgrading.upgrade(home, progress_lines(), at_terminal())
    found = [finding for finding in soundness.verified(home, progress_lines()) if finding.severity == soundness.FAULT]
    audit.note(home, at_terminal(), "restore", asked.file.name, version=brought.version)
    fields = {"home": home.path, "version": brought.version, "made_at": done.made_at, "members": done.members, "rebuilt": brought.rebuilt}
    lines = [f"Brought back into {home.path} as of {done.made_at}: version {brought.version or 'none'}, {done.members} files in {done.seconds:.1f} s."]
    if brought.rebuilt:
        lines.append("The backup was made by an older program: its data were built anew from the raw files.")
    _tell(asked.format, fields | {"faults": [str(finding.said) for finding in found]}, lines)
    return _complained(found)


def verify(asked: argparse.Namespace) -> int:
    from engine.store import restoring, seals, soundness
    from engine.store.soundness import FAULT, Finding

    if asked.file is not None:
        with tempfile.TemporaryDirectory() as work:
            found = [Finding("archive", said) for said in restoring.faults(asked.file, Path(work))]
        return _verified(asked.format, str(asked.file), found)
    home = home_of(asked)
    if asked.mend and (done := seals.fall_back(home)) is not None:
        print(soundness.said_of_fall_back(done))
    found = soundness.verified(home, progress_lines())
    return _verified(asked.format, str(home.path), [finding for finding in found if finding.severity == FAULT and finding.check != "fallen_back"])


def _verified(form: str, what: str, found: Sequence[Any]) -> int:
    if form != "text":
        print(printed(FINDINGS, [(finding.check, finding.severity, str(finding.said)) for finding in found], form))
    elif not found:
        print(f"{what} is whole: every file and every record is as it was written.")
    return _complained(found)


def _complained(found: Sequence[Any]) -> int:
    for finding in found:
        complain(str(finding.said))
    return REFUSED if found else ALL_LOADED


def upgrade(asked: argparse.Namespace) -> int:
    from engine.answers import upgrading

    done = upgrading.upgrade(home_of(asked), progress_lines(), at_terminal())
    before, now = done.records
    lines = [f"The records were brought from {before} to {now}."] if before != now else []
    lines += [f"The data were built anew from the raw files; version {done.version} is served."] if done.rebuilt else []
    lines += [f"Versions {', '.join(map(str, done.sealed))} were sealed."] if done.sealed else []
    fields = {"records": now, "version": done.version, "rebuilt": done.rebuilt, "sealed": done.sealed, "changed": not done.is_idle}
    _tell(asked.format, fields, lines or ["Nothing is to be done: this home has the form of this program."])
    return ALL_LOADED


def doctor(asked: argparse.Namespace) -> int:
    """The packages first, with the standard library alone; where one is missing, nothing else can be looked at."""
    from engine.store import environment

    pins = bootstrap.pinned(bootstrap.RUNTIME)
    said = [("python", one) for one in environment.of_python()] + list(environment.of_packages(pins, environment.installed(pins)))
    found = [(check, "fault", str(one)) for check, one in said]
    if not any(check == "package_missing" for check, _, _ in found):
        from engine.answers import doctor as examining

        found += [(one.check, one.severity, str(one.said)) for one in examining.examine(home_of(asked), asked.port, asked.address, progress_lines())]
    if asked.format != "text":
        print(printed(FINDINGS, found, asked.format))
    for _, severity, sentence in found if asked.format == "text" else ():
        print(f"{'wrong' if severity == 'fault' else 'note '}  {' '.join(sentence.split())}")
    faults = [check for check, severity, _ in found if severity == "fault"]
    if asked.format == "text":
        print(f"{len(faults)} things are wrong." if len(faults) > 1 else "One thing is wrong." if faults else "Nothing is wrong.")
    return REFUSED if faults else ALL_LOADED


def sbom(asked: argparse.Namespace) -> int:
    from engine.store import parts

    if asked.licences is not None:
        parts.write(asked.licences, parts.licences_table())
        print(f"{asked.licences}: {len(parts.components())} packages.")
        return ALL_LOADED
    text = parts.cyclonedx()
    if asked.file is None:
        print(text)
    else:
        parts.write(asked.file, text)
        print(f"{asked.file}: {len(parts.components())} packages.")
    return ALL_LOADED


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "close": close, "backup": backup, "restore": restore, "verify": verify, "upgrade": upgrade, "doctor": doctor, "sbom": sbom,
}  # fmt: skip
