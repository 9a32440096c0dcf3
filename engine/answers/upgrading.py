"""Bringing a home to the form of this program: the tables of the records, the served version, the seals of versions that have none.

Each step is all or nothing and looks for itself whether there is anything to do, so an upgrade that was broken off is taken up by running it
again, and one that is done changes nothing.
"""

from dataclasses import dataclass

from engine.answers import audit, loading
from engine.scope import EVERYTHING, Scope
from engine.store import build, restoring, seals, versions
from engine.store.build import Progress, nobody
from engine.store.home import Home
from engine.store.records import opening


@dataclass(frozen=True)
class Upgraded:
    """What was done. records: (migration before, migration now); the same twice = nothing. version: that is served; None = none.
    rebuilt: it was built anew from the raw files. sealed: versions that were given a seal."""

    records: tuple[str | None, str | None]
    version: int | None
    rebuilt: bool
    sealed: tuple[int, ...]

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return self.records[0] == self.records[1] and not self.rebuilt and not self.sealed


def upgrade(home: Home, progress: Progress = nobody, scope: Scope = EVERYTHING) -> Upgraded:
    """Bring a home forward. Raises NotKept (records of a newer program, disk), Busy, NotPublished (a raw file is missing or damaged, disk),
    BadUse (a restore into it broke off)."""
    restoring.refuse_unfinished(home)
    progress({"stage": "records", "share": 0.0})
    before = opening.reached(home)
    if home.has_records:
        with opening.reading(home):
            pass  # the tables are brought forward when they are first met
    now = opening.reached(home)
    progress({"stage": "warehouse", "share": 0.1})
    served = versions.current(home)
    is_old = served is not None and versions.manifest(home, served).get("schema") != build.schema_hash()
    if is_old:
        served = loading.rebuild(home, progress, scope)
    progress({"stage": "seal", "share": 0.95})
    unsealed = [version for version in versions.numbers(home) if version in versions.chain(home, 1_000) and not seals.is_sealed(home, version)]
    for version in unsealed:
        seals.seal(home, version)
    done = Upgraded((before, now), served, is_old, tuple(unsealed))
    if not done.is_idle:
        audit.note(home, scope, "upgrade", str(home.path.name), version=served, before=before, value=now)
    return done
