"""What is wrong with an installation, in words: the home, what lies around it, the way it is served, what could not be sent.

The packages are looked at by the command line before it comes here: without them nothing here could be imported.
"""

from collections.abc import Iterator

from engine.errors import GranaryError
from engine.exposure import refusals
from engine.store import build, soundness, surroundings
from engine.store.home import Home
from engine.store.installation import setup_for
from engine.store.soundness import NOTE, Finding, Progress

__all__ = ["NOTE", "Finding", "examine", "of_the_exposure", "of_the_reminders"]


def examine(home: Home, port: int, address: str, progress: Progress = lambda event: None) -> list[Finding]:
    """Everything that is wrong, or should be known; reads every file of the home. port, address: where the dashboard would listen."""
    found = soundness.verified(home, progress)
    for check in AROUND:
        found += list(check(home))
    found += list(surroundings.of_the_form(home, build.schema_hash()))
    found += list(surroundings.of_the_port(port, "127.0.0.1" if address in ("", "0.0.0.0") else address))
    found += list(of_the_exposure(address))
    return sorted(found, key=lambda finding: finding.severity == NOTE)


def of_the_exposure(address: str) -> Iterator[Finding]:
    """What speaks against starting a server at an address."""
    yield from (Finding("exposure", said) for said in refusals(setup_for(address)))


def of_the_reminders(home: Home) -> Iterator[Finding]:
    """Reminders that did not arrive."""
    from engine.answers import telling

    try:
        yield from (Finding("reminders", said) for said in telling.faults(home))
    except GranaryError:
        return  # records that cannot be read are a finding of their own


AROUND = (
    surroundings.of_the_folder, surroundings.of_the_disk, surroundings.of_the_lock, surroundings.of_the_work, surroundings.of_the_clock,
    surroundings.of_the_inbox, surroundings.of_the_backup, of_the_reminders,
)  # fmt: skip
