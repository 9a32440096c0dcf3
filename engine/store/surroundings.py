"""What lies around a home and can be wrong with it: the disk, the folder, locks, the clock, the port, files that nobody took."""

import contextlib
import errno
import json
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import GranaryError, NothingServed
from engine.messages import message, plural
from engine.settings import DEFAULTS, Settings
from engine.store import backup, decisions, inbox, versions
from engine.store.home import Home
from engine.store.records.record import KINDS
from engine.store.soundness import NOTE, Finding

CLOCKS_APART = timedelta(minutes=5)
BUILDS_AT_MOST_SECONDS, LEFT_OVER_SECONDS = 6 * 3600, 86_400
PROBE = ".written-by-doctor"


def settings_of(home: Home) -> Settings:
    """The settings in force; the defaults where they cannot be read."""
    try:
        return home.settings()
    except (GranaryError, OSError):
        return DEFAULTS


def is_writable(home: Home) -> bool:
    """Whether files can be put into a home; of one that is not there yet, whether it can be made. Writes nothing."""
    place = home.path
    while not place.exists() and place != place.parent:
        place = place.parent
    return os.access(place, os.W_OK | os.X_OK)


def free_mb(home: Home) -> int:
    """Megabytes that are free on the disk of a home."""
    place = home.path
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free >> 20


def of_the_folder(home: Home) -> Iterator[Finding]:
    """The folder takes a file: asked by writing one, because permission bits do not tell of a disk that went read-only."""
    try:
        if not home.path.exists() and not is_writable(home):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        for folder in (path for path in (home.path, home.warehouse, home.raw, home.records, home.work) if path.exists()):
            (folder / PROBE).write_text("", encoding="utf-8")
            (folder / PROBE).unlink()
    except OSError as fault:
        said = message(
            "The folder {path} cannot be written to ({fault}): people can look, but nothing is loaded or decided. Let the account {account} write there.",
            path=str(home.path), fault=fault.strerror or str(fault), account=versions.account(),
        )  # fmt: skip
        yield Finding("folder", said)


def of_the_disk(home: Home) -> Iterator[Finding]:
    """There is room for the next load: no less than the setting, and three times the served version."""
    free, least = free_mb(home), int(settings_of(home)["disk_low_mb"])
    served = versions.current(home)
    with contextlib.suppress(OSError):
        least = max(least, 3 * versions.file_of(home, served or 0).stat().st_size >> 20)
    if free < least:
        yield Finding(
            "disk", message("The disk is nearly full: {free_mb} MB are free, the next load needs about {needed_mb} MB.", free_mb=free, needed_mb=least)
        )


def of_the_lock(home: Home) -> Iterator[Finding]:
    """No build was left half-way, none goes on for hours."""
    card = home.work / "builder.json"
    try:
        holder = json.loads(card.read_text(encoding="utf-8"))
        who, began = str(holder.get("who")), card.stat().st_mtime
    except (OSError, ValueError, AttributeError):
        return
    lock = FileLock(home.work / "build.lock")
    try:
        with lock.acquire(timeout=0):
            said = message(
                "A build by {who} broke off and left its card behind; it blocks nobody, and the next build takes it away. Take away {file} if it stays.",
                who=who, file="work/builder.json",
            )  # fmt: skip
            yield Finding("lock", said, NOTE)
    except Timeout:
        if time.time() - began > BUILDS_AT_MOST_SECONDS:
            said = message(
                "{who} (process {process} on {host}) has held the right to build for more than {hours} hours: end that process if it hangs.",
                who=who, process=str(holder.get("process")), host=str(holder.get("host")), hours=BUILDS_AT_MOST_SECONDS // 3600,
            )  # fmt: skip
            yield Finding("lock", said)
    except OSError:
        return


def of_the_work(home: Home) -> Iterator[Finding]:
    """Nothing of a broken-off build lies about for longer than a day."""
    old = [path for path in home.work.glob("build-*") if time.time() - path.stat().st_mtime > LEFT_OVER_SECONDS]
    if old:
        said = plural(
            "{n} broken-off build lies in {folder}; the next load takes it away.",
            "{n} broken-off builds lie in {folder}; the next load takes them away.",
            n=len(old), folder="work/",
        )  # fmt: skip
        yield Finding("work", said, NOTE)


def of_the_clock(home: Home, now: datetime | None = None) -> Iterator[Finding]:
    """Nothing was published or decided later than now."""
    now, newest = now or datetime.now(UTC), []
    with contextlib.suppress(NothingServed, KeyError, ValueError, TypeError):
        newest.append(datetime.fromisoformat(versions.manifest(home)["published_at"]))
    with contextlib.suppress(GranaryError, OSError):
        newest += [record.at for record in decisions.page(home, KINDS, most=1)]
    ahead = max((moment for moment in newest if moment.tzinfo), default=now) - now
    if ahead > CLOCKS_APART:
        said = message(
            "The clock of this machine is wrong, or was: something was kept {minutes} minutes in the future. Set the clock (NTP).",
            minutes=int(ahead.total_seconds() // 60),
        )  # fmt: skip
        yield Finding("clock", said)


def of_the_port(port: int, address: str = "127.0.0.1") -> Iterator[Finding]:
    """The port is free, or it is a dashboard that listens there."""
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.settimeout(2)
        try:
            is_taken = probe.connect_ex((address, port)) == 0
        except OSError:
            return
    if not is_taken:
        return
    try:
        with urllib.request.urlopen(f"http://{f'[{address}]' if ':' in address else address}:{port}/_stcore/health", timeout=3) as answer:
            is_dashboard = answer.read(8) == b"ok"
    except (OSError, ValueError):
        is_dashboard = False
    if is_dashboard:
        yield Finding("port", message("A dashboard is running at port {port} already; another one would take the next free port.", port=str(port)), NOTE)
    else:
        yield Finding("port", message("Port {port} is taken by another program: end it, or serve with --port.", port=str(port)))


def of_the_inbox(home: Home) -> Iterator[Finding]:
    """No file waits in the inbox for days."""
    days = int(settings_of(home)["inbox_stuck_days"])
    stuck = [name for name in inbox.names(home.inbox) if time.time() - _changed(home.inbox / name) > days * 86_400]
    if stuck:
        said = plural(
            "{n} file has lain in the inbox for more than {days_n} days ({example}): close with {command} and read what it asks.",
            "{n} files have lain in the inbox for more than {days_n} days ({example}): close with {command} and read what it asks.",
            n=len(stuck), days_n=days, example=stuck[0], command="python -m engine close",
        )  # fmt: skip
        yield Finding("inbox", said)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def of_the_backup(home: Home, now: datetime | None = None) -> Iterator[Finding]:
    """There is a backup, and it is not too old."""
    if versions.current(home) is None and not home.has_records:
        return
    made, days = backup.last_made(home), int(settings_of(home)["backup_age_days"])
    if made is None:
        yield Finding("backup", message("No backup was ever made of this home: make one with {command}.", command="python -m engine backup FILE"), NOTE)
    elif (now or datetime.now(UTC)) - made > timedelta(days=days):
        said = message("The last backup was made on {made_on}, more than {days_n} days ago: make one with {command}.",
                       made_on=made.date(), days_n=days, command="python -m engine backup FILE")  # fmt: skip
        yield Finding("backup", said, NOTE)


def of_the_form(home: Home, schema: str) -> Iterator[Finding]:
    """The served version was built by this program."""
    with contextlib.suppress(NothingServed):
        if versions.manifest(home).get("schema") != schema:
            said = message(
                "The served data were built by another version of the program: bring them forward with {command}.", command="python -m engine upgrade"
            )
            yield Finding("form", said)
