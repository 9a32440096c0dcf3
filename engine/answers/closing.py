"""The monthly close as one act: what lies in the inbox is loaded, published, followed by what depends on it, and put away.

Nothing is moved before it is published, and nothing is published that needs a word from somebody: the files stay, and the receipt says
what is open. A close that breaks off anywhere is taken up by the next one.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.answers import audit, loading
from engine.answers.access import require
from engine.answers.loading import Load
from engine.errors import GranaryError
from engine.messages import Message, message
from engine.scope import EVERYTHING, Scope
from engine.store import background, inbox, surroundings, versions
from engine.store.build import Progress, nobody
from engine.store.home import Home, own_home

AFTERWARDS: tuple[str, ...] = ("engine.answers.forecast_run:after_publication",)
"""What follows a publication, as `module:function`, each called with (home, version) and saying one sentence or None. What fails is told,
and takes nothing back."""


@dataclass(frozen=True)
class Closed:
    """What a close did. version: that is served now; None = nothing. load: what was found; None = the inbox was empty.
    moved: files that were put away. told: what stays and why, and what followed."""

    version: int | None
    published: bool
    load: Load | None
    moved: tuple[str, ...] = ()
    told: tuple[Message, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Whether a file or an audit stands in the way."""
        return self.load is not None and not self.load.receipt.publishable


def close(
    home: Home, folder: Path | None = None, *, replace: bool = False, partial: bool = False, progress: Progress = nobody, scope: Scope = EVERYTHING,
    follow: Callable[[Home, int], list[Message]] | None = None,
) -> Closed:  # fmt: skip
    """Load the inbox (default: the home's own), publish, put the files away, follow up. scope: who does it. follow: what follows, in place of AFTERWARDS.

    Raises NotAllowed, BadUse (no room), Busy, NotPublished (disk); a file that leaves something open stands in the receipt.
    """
    require(scope, "close")
    place = folder or home.inbox
    brought = inbox.bring(home, place)
    waiting = [message("“{file}” is still being written; it stays for the next close.", file=name) for name in brought.waiting]
    if not brought.found.sources:
        return Closed(versions.current(home), False, None, told=tuple(waiting))
    load = loading.prepare_found(home, brought.found, replace_overlap=replace, partial=partial, progress=progress)
    if not load.receipt.publishable:
        loading.refused(home, load, scope)
        return Closed(load.receipt.base, False, load, told=tuple(waiting))
    version, published = load.receipt.base or 0, False
    if not load.receipt.nothing_new:
        progress({"stage": "publish", "share": 0.98})
        version, published = loading.publish(home, load, scope, by="close"), True
    refused = {str(file["file"]).split(" › ")[0] for file in load.receipt.refused}
    moved, stay = inbox.put_away(place, [file for file in brought.taken if file.shown_as not in refused], version)
    followed = []
    if published:
        audit.note(home, scope, "close", f"version {version}", version=version, rows=sum(int(file["loaded"]) for file in load.receipt.files))
        progress({"stage": "forecast", "share": 0.99})
        followed = (follow or _follow_up)(home, version)
    return Closed(version, published, load, tuple(moved), (*waiting, *stay, *followed))


def _follow_up(home: Home, version: int) -> list[Message]:
    told = []
    for name in AFTERWARDS:
        module, _, function = name.partition(":")
        try:
            said = getattr(importlib.import_module(module), function)(home, version)
        except GranaryError as fault:
            said = message("After the publication something failed: {fault} The version is served all the same.", fault=fault.said)
        told += [said] if said is not None else []
    return told


def is_fresh(home: str, version: int, now: datetime | None = None) -> bool:
    """Whether a version came by a close of these last days (setting `changes_shown_days`)."""
    place = Home(Path(home))
    described = versions.manifest(place, version)
    try:
        age = (now or datetime.now(UTC)) - datetime.fromisoformat(described["published_at"])
    except (KeyError, ValueError, TypeError):
        return False
    return described.get("by") == "close" and age < timedelta(days=int(surroundings.settings_of(place)["changes_shown_days"]))


def stands_on_another(home: str, version: int) -> bool:
    """Whether there was a version before, with which this one can be compared."""
    return versions.manifest(Home(Path(home)), version).get("base") is not None


def waiting() -> list[str]:
    """The files that lie in the inbox of the own home."""
    return inbox.names(own_home().inbox)


def close_own(progress: Progress, scope: Scope) -> Closed:
    """The close of the own home, as a page asks for it: the forecast takes minutes, and nobody waits for it."""
    return close(own_home(), progress=progress, scope=scope, follow=_in_the_background)


def _in_the_background(home: Home, version: int) -> list[Message]:
    try:
        background.start(home, "forecast")
    except OSError as fault:
        return [message("The forecast could not be started ({fault}).", fault=fault.strerror or str(fault))]
    return [message("The forecast of version {version} is being made; it is shown when it is done.", version=version)]


def own_inbox() -> str:
    """Where the own home's inbox lies."""
    return str(own_home().inbox)
