"""Sources → a candidate beside the served warehouse → receipt → published in one atomic step, or discarded.

    prepare   reads, checks and builds in another process; nothing that is served changes
    publish   makes the candidate the served version
    discard   throws it away
    undo      serves the version below
    rebuild   makes the served data anew from the raw files

The door (page or command line) looks at the receipt between prepare and publish.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BadUse, NotPublished
from engine.messages import Message, message
from engine.store import seals, sources, versions
from engine.store.audits import stopped_by
from engine.store.contracts import catalogue
from engine.store.home import PROJECT, SQL, Home
from engine.store.layers import KEPT
from engine.store.sources import Source

Progress = Callable[[dict[str, Any]], None]
Keep = Callable[[Any, Any], Mapping[str, Any]]
"""Handed to a build: (what is being built, settings) -> table of `layers.KEPT` -> its rows. It is called by its name in the building process."""
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Receipt:
    """What a load would do, before anything is published; the fields of `receipt.json` (see worker).

    token: names the candidate for publish and discard. base: the version that it stands on.
    files: one record a file. publishable: False where a file was refused or an audit found an error.
    nothing_new: every file is already in the served version.
    """

    token: str
    base: int | None
    files: tuple[dict[str, Any], ...]
    publishable: bool
    audits: tuple[dict[str, Any], ...] = ()
    new: dict[str, Any] | None = None
    left_out: tuple[str, ...] = ()
    nothing_new: bool = False
    folder: Path | None = None

    @property
    def candidate(self) -> Path | None:
        """The candidate's file while it waits for publication."""
        return self.folder / "warehouse.duckdb" if self.folder and self.publishable else None

    @property
    def refused(self) -> tuple[dict[str, Any], ...]:
        return tuple(file for file in self.files if file["status"] == "refused")

    def why_not(self) -> Message | None:
        """The first reason why it cannot be published; None where it can."""
        for file in self.refused:
            return message("“{file}” was refused: {reason}", file=file["file"], reason=str(Message.from_json(file["reason"])))
        for audit in self.audits:
            if audit["severity"] == "error" and not self.publishable:
                return stopped_by(audit)
        return None


def schema_hash() -> str:
    """A mark of everything that shapes a warehouse: contracts, staging, marts, audits."""
    digest = hashlib.sha256()
    for folder in ("contracts", "staging", "marts", "checks"):
        for path in sorted((SQL / folder).glob("*.sql")):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update(repr(KEPT).encode())
    return digest.hexdigest()


def nobody(event: dict[str, Any]) -> None:
    """Progress that nobody listens to."""


def prepare(
    home: Home,
    found: sources.Found,
    *,
    replace: bool = False,
    partial: bool = False,
    progress: Progress = nobody,
    wait_seconds: float = WAIT_SECONDS,
    who: str | None = None,
    keep: Keep | None = None,
) -> Receipt:
    """Build a candidate from the served version and these sources; see `Receipt`. keep: what the version keeps of formulas.

    Raises Busy when somebody else builds, NotPublished when the build stopped (disk full, killed, out of memory).
    """
    with versions.building(home, wait_seconds, who or versions.account()):
        served = versions.current(home)
        described: dict[str, Any] = versions.manifest(home) if served else {"sources": [], "next_source_id": 1, "schema": schema_hash()}
        if described["schema"] != schema_hash():
            return _prepare_all(home, described, found, partial, progress, keep)
        same = sources.unchanged(found.sources, described["sources"])
        fresh = [source for source in found.sources if not same[source.sha256]]
        unchanged = [_unchanged(source, described["sources"]) for source in found.sources if same[source.sha256]]
        if not fresh:
            return Receipt("", served, tuple(unchanged), True, left_out=tuple(found.left_out), nothing_new=True)
        job: dict[str, Any] = {
            "base": served, "kept": described["sources"], "again": [], "replace": replace, "partial": partial, "keep": _name_of(keep),
            "next_source_id": described["next_source_id"],
        }  # fmt: skip
        receipt = _run(home, job, fresh, progress)
        brought = {file["table"] for file in receipt.files if file["status"] == "loaded" and not file["again"]}
        again = _again(home, served, described, brought) if receipt.publishable else []
        if again:
            discard(home, receipt.token)
            repeated = [
                Source.from_json({key: value for key, value in source.items() if key not in ("source_id", "table")} | {"again": True}) for source in again
            ]
            job |= {"again": [source["source_id"] for source in again]}
            receipt = _run(home, job, [*fresh, *repeated], progress)
        return _with(receipt, unchanged, found)


def _name_of(keep: Keep | None) -> str | None:
    """The name by which another process finds the function."""
    return None if keep is None else f"{keep.__module__}:{keep.__qualname__}"


def _prepare_all(home: Home, described: dict[str, Any], found: sources.Found, partial: bool, progress: Progress, keep: Keep | None) -> Receipt:
    """After an upgrade the old file has another shape: everything is read anew from the raw files, and the new files with it."""
    old = _as_sources(described)
    same = sources.unchanged(found.sources, described["sources"])
    fresh = [source for source in found.sources if not same[source.sha256]]
    job: dict[str, Any] = {
        "base": versions.current(home), "kept": [], "again": [], "replace": True, "partial": partial, "next_source_id": 1, "from_raw": True,
        "keep": _name_of(keep),
    }  # fmt: skip
    return _with(_run(home, job, [*old, *fresh], progress), [], found)


def _as_sources(described: dict[str, Any]) -> list[Source]:
    return [Source.from_json({key: value for key, value in source.items() if key not in ("source_id", "table")}) for source in described["sources"]]


def _again(home: Home, served: int | None, described: dict[str, Any], tables: set[str | None]) -> list[dict[str, Any]]:
    """Earlier sources that must be read once more, because a table they point to is loaded now.

    These are the ones that lost rows to a reference into it, and, where the table was empty until now, all that point to it (their
    references could not be checked before). A source of which rows were replaced since stays as it is: `rebuild` takes it in.
    """
    if served is None:
        return []
    from engine.store.warehouse import open_warehouse

    warehouse = open_warehouse(home)
    filled = warehouse.filled_tables(served)
    pointing = {
        name: {table for column in contract.columns for table, _ in column.references} & {table for table in tables if table}
        for name, contract in catalogue().items()
    }
    lost = warehouse.read("rows_sources_with_lost_references", served)
    lost_ids, replaced_ids = set(lost["source_id"]), set(lost.filter(lost["replaced"] > 0)["source_id"])
    newly_filled = {name for name, targets in pointing.items() if targets - filled}
    return [
        source
        for source in described["sources"]
        if pointing.get(source["table"]) and source["source_id"] not in replaced_ids and (source["source_id"] in lost_ids or source["table"] in newly_filled)
    ]


def _unchanged(source: Source, served: list[dict[str, Any]]) -> dict[str, Any]:
    table = next((kept["table"] for kept in served if kept["sha256"] == source.sha256), None)
    from engine.store.outcomes import blank_outcome

    return blank_outcome(source.shown_as, table, "unchanged") | {"sha256": source.sha256}


def _with(receipt: Receipt, unchanged: Sequence[dict[str, Any]], found: sources.Found) -> Receipt:
    """The receipt, with the files that needed no reading in their place."""
    order = {source.shown_as: number for number, source in enumerate(found.sources)}
    files = sorted([*receipt.files, *unchanged], key=lambda file: order.get(file["file"].split(" › ")[0], len(order)))
    return Receipt(receipt.token, receipt.base, tuple(files), receipt.publishable, receipt.audits, receipt.new, tuple(found.left_out), False, receipt.folder)


def _run(home: Home, job: dict[str, Any], to_read: Sequence[Source], progress: Progress) -> Receipt:
    """Start the worker on a job and wait for its receipt."""
    versions.sweep_work(home)
    folder = home.work / f"build-{secrets.token_hex(8)}"
    with versions.disk_faults_as_sentences():
        folder.mkdir(parents=True)
        base = job["base"] if not job.get("from_raw") else None
        if base is not None:
            progress({"stage": "copy", "share": 0.0})
            shutil.copyfile(versions.file_of(home, base), folder / "warehouse.duckdb")
        whole = job | {
            "home": str(home.path), "settings": home.settings().overrules(), "sources": [source.to_json() for source in to_read], "schema": schema_hash(),
            "next_version": versions.next_number(home),
        }  # fmt: skip
        (folder / "job.json").write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    try:
        with versions.disk_faults_as_sentences():
            said = _listen(folder, progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if said is not None:
        shutil.rmtree(folder, ignore_errors=True)
        raise NotPublished(said)
    with versions.disk_faults_as_sentences():
        kept = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    receipt = Receipt(kept["token"], kept["base"], tuple(kept["files"]), kept["publishable"], tuple(kept["audits"]), kept["new"], folder=folder)
    if not receipt.publishable:
        shutil.rmtree(folder, ignore_errors=True)
    return receipt


def _listen(folder: Path, progress: Progress) -> Message | None:
    """Run the worker, hand on its progress. Returns None when a receipt lies in the folder, else the reason why not."""
    command = [sys.executable, "-m", "engine.store.worker", str(folder)]
    last: dict[str, Any] = {"stage": "start"}
    with open(folder / "faults.txt", "w+", encoding="utf-8") as faults:
        worker = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=faults,
            text=True,
            encoding="utf-8",
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        )
        try:
            (folder / "process").write_text(str(worker.pid), encoding="utf-8")
            for line in worker.stdout or ():
                with contextlib.suppress(ValueError):
                    last = json.loads(line)
                    progress(last)
            worker.wait()
        finally:
            worker.kill()
            worker.communicate()
        if worker.returncode == 0 and (folder / "receipt.json").exists():
            return None
        if last.get("stage") == "stopped":
            return Message.from_json(last["said"])
        faults.seek(0)
        fault = _fault_in(faults.read())
    return message(
        "The build stopped while it was at “{stage}” {what} ({fault}); nothing was published and the old data stay served.",
        stage=last["stage"], what=last.get("what", ""), fault=fault[:300],
    )  # fmt: skip


def _fault_in(faults: str) -> str:
    """The line of a traceback that names the fault; libraries may chatter behind it. Without one the worker was killed."""
    named = [line for line in faults.splitlines() if re.match(r"[\w.]+(Error|Exception|Interrupt|Exit)\b", line)]
    return named[-1] if named else "killed"


def publish(home: Home, token: str, *, wait_seconds: float = WAIT_SECONDS, who: str | None = None, by: str = "load") -> int:
    """Make a prepared candidate the served version. Returns its number. by: what published it (`load`, `close`, `rebuild`), for the manifest.

    Raises BadUse for a token that no candidate bears, NotPublished where another version was published since, or the disk failed.
    """
    folder = _folder_of(home, token)
    with versions.building(home, wait_seconds, who or versions.account()):
        with versions.disk_faults_as_sentences():
            receipt = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
        if not receipt["publishable"]:
            raise BadUse(message("This load cannot be published: a file was refused or an audit found an error."))
        described = {name: receipt[name] for name in ("base", "sources", "schema", "next_source_id")} | {"by": by}
        described["settings"] = home.own_settings().overrules()  # what undo gives back; recorded settings stay in force whatever is served
        version = versions.publish(home, folder / "warehouse.duckdb", described)
        _remember(home, folder)
        _keep_receipt(home, receipt, version)
        shutil.rmtree(folder, ignore_errors=True)
    return version


def _remember(home: Home, folder: Path) -> None:
    """Keep how the files were read: next month's file with the same headings asks nothing. Losing this loses no figure."""
    with contextlib.suppress(OSError):
        home.profiles.mkdir(parents=True, exist_ok=True)
        for profile in (folder / "profiles").glob("*.json"):
            shutil.copyfile(profile, home.profiles / profile.name)


def _keep_receipt(home: Home, receipt: dict[str, Any], version: int) -> None:
    """Keep what became of every file of a version. The version is served by now: a disk that fails here takes nothing back."""
    told = {name: receipt[name] for name in ("files", "audits", "new")} | {"version": version}
    with contextlib.suppress(OSError):
        home.receipts.mkdir(parents=True, exist_ok=True)
        versions.write_whole(home.receipts / f"{version}.json", json.dumps(told, ensure_ascii=False, indent=1))


def _folder_of(home: Home, token: str) -> Path:
    folder = home.work / token
    if not token.startswith("build-") or folder.parent != home.work or not (folder / "receipt.json").exists():
        raise BadUse(message("There is no prepared load “{token}”; prepare it again.", token=token))
    return folder


def discard(home: Home, token: str) -> None:
    """Throw a candidate away; the served version never knew of it."""
    if token:
        shutil.rmtree(_folder_of(home, token), ignore_errors=True)


def undo(home: Home, *, wait_seconds: float = WAIT_SECONDS) -> tuple[int, int]:
    """Serve the version below the served one. Returns (undone, served now)."""
    with versions.building(home, wait_seconds, versions.account()):
        return versions.undo(home)


def rebuild(home: Home, *, progress: Progress = nobody, wait_seconds: float = WAIT_SECONDS, keep: Keep | None = None) -> int:
    """Read every raw file of the served version once more and publish the result. Returns the new version.

    Where only `raw/` was brought back from a backup, what stands beside the files tells which of them were served; where a damaged version
    was left for the one below it, the damaged one is made anew.
    Raises NotPublished where a file that was taken then is refused now, with its reason.
    """
    with versions.building(home, wait_seconds, versions.account()):
        served = versions.current(home)
        described = versions.noted_sources(home) if served is None else versions.manifest(home, seals.damaged_above(home) or served)
        to_read = _as_sources(described)
        if served is None:
            versions.put_back_settings(home, described)
        job: dict[str, Any] = {
            "base": served, "kept": [], "again": [], "replace": True, "partial": False, "next_source_id": 1, "from_raw": True,
            "keep": _name_of(keep),
        }  # fmt: skip
        receipt = _run(home, job, to_read, progress)
    if not receipt.publishable:
        raise NotPublished(receipt.why_not() or message("The rebuild stopped; the old data stay served."))
    return publish(home, receipt.token, by="rebuild")
