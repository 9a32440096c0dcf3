"""The build, in a process of its own: job in, candidate warehouse and receipt out.

    python -m engine.store.worker <folder>      folder/job.json -> folder/warehouse.duckdb, folder/receipt.json

It says on standard output what it is doing (one JSON object a line) and stops by itself when its parent is gone: whoever kills
the door kills the build with it. It never publishes.
"""

import importlib
import importlib.abc
import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from engine import settings
from engine.errors import GranaryError, NeedsAnswer, NotPublished, Refused
from engine.messages import message
from engine.store import audits, dealer_places, grains, layers, merging, orphans, replaced
from engine.store.contracts import Contract, catalogue
from engine.store.home import Home
from engine.store.intake import profiles
from engine.store.intake.files import Intake, read_source, topological
from engine.store.intake.lacking import MissingColumn
from engine.store.intake.questions import all_open
from engine.store.intake.reading import Occasion, Options, Told
from engine.store.intake.taking import check_used
from engine.store.outcomes import all_rejected, as_question, blank_outcome
from engine.store.sources import Source, verify
from engine.store.versions import disk_faults_as_sentences, write_whole
from engine.store.warehouse import Unpublished

EMPTY = message("It has column names but no rows: nothing to load.")
NO_ROWS = message("It has column names but no rows.")
NO_ROW = message("It brings no row of data: nothing to load.")


def say(**event: Any) -> None:
    """One line of progress for the parent."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def stop_with_parent() -> None:
    """Leave when standard input ends: the parent holds its other end as long as it lives."""
    while os.read(0, 1024):
        pass
    os._exit(1)


class Build:
    """One build: what it was asked for, the connection it works in, and what came of each file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        self.home = Home(Path(self.job["home"]))
        self.settings = settings.Settings(self.job["settings"])
        self.contracts = catalogue()
        self.sources = [Source.from_json(source) for source in self.job["sources"]]
        self.con = _connect(folder, self.home, int(self.settings["build_memory_mb"]))
        self.kept: list[dict[str, Any]] = [source for source in self.job["kept"] if source["source_id"] not in self.job["again"]]
        self.outcomes: list[dict[str, Any]] = []
        self.added: list[dict[str, Any]] = []
        self.changed: set[str] = set()  # input tables that gained or lost rows
        self.rejected_before: dict[tuple[str, str], int] = {}  # rows of a file and table that were rejected until it was read again
        self.headings: dict[int, list[str]] = {}
        self.used: dict[int, list[Options]] = {}

    def run(self) -> dict[str, Any]:
        """The receipt; the candidate stands in the folder when `publishable` is true."""
        say(stage="contracts", share=0.0)
        layers.make_input_tables(self.con, self.contracts)
        before = self._masters()
        there = orphans.filled(self.con, self.contracts)
        for source in self.job["again"]:
            self._take_out(source)
        readings = [reading for number, source in enumerate(self.sources) for reading in self._read(number, source)]
        self._check_options()
        for reading in topological(readings, self.contracts):  # after a refusal too: the receipt then says all there is to mend
            self._merge(reading)
        self._refuse_emptiness()
        if not self._may_go_on():
            return self._receipt(before, [], False)
        self._drop_raw_views()
        self._reject_orphans(there)
        say(stage="layers", share=0.7)
        layers.make_layers(self.con, lambda name, share: say(stage="layers", share=0.7 + 0.2 * share, what=name), self.changed)
        dealer_places.tell(self.con, self.outcomes)
        self._keep()
        say(stage="checks", share=0.92)
        found = audits.run_audits(self.con)
        receipt = self._receipt(before, found, not any(audit["severity"] == "error" for audit in found))
        say(stage="close", share=0.97)
        self.con.execute("checkpoint")
        self.con.close()
        return receipt

    def _keep(self) -> None:
        """Fill the kept tables by the function that the job names: the store itself holds no formula."""
        if self.job.get("keep") and layers.rows_in(self.con) >= int(self.settings["keep_from_rows"]):
            say(stage="layers", share=0.9, what="kept")
            module, _, name = self.job["keep"].partition(":")
            work_out = getattr(importlib.import_module(module), name)
            layers.keep(self.con, work_out(Unpublished(self.con, self.home, self.job["next_version"]), self.settings))

    def _masters(self) -> dict[str, set[str]]:
        """The dealers and SKUs that were known before, so that the receipt can name the new ones."""
        return {
            table: {code for (code,) in self.con.execute(f"select {key} from main.{table}").fetchall()}
            for table, key in (("dealers", "dealer_id"), ("products", "sku"))
        }

    def _take_out(self, source: int) -> None:
        """Remove an earlier source that is read once more, because a table that it points to has changed."""
        records = "select table_name, file, rejected from loads.sources where source_id = $source"
        for table, file, rejected in self.con.execute(records, {"source": source}).fetchall():
            self.con.execute(f'delete from main."{table}" where _source = $source', {"source": source})
            self.changed.add(table)
            self.rejected_before[file, table] = self.rejected_before.get((file, table), 0) + rejected
        merging.forget_source(self.con, source)

    def _reject_orphans(self, there: set[str]) -> None:
        """Rows that point to nothing since a table was filled, or read again. there: tables that held rows before."""
        for outcome in self.outcomes:
            if outcome["again"] and outcome["status"] == "loaded":
                orphans.tell_of_rejected(self.con, outcome, outcome["rejected"] - self.rejected_before.get((outcome["file"], outcome["table"]), 0))
        changed = (orphans.filled(self.con, self.contracts) - there) | {table for _, table in self.rejected_before}
        earlier = [source["source_id"] for source in self.kept]
        if not earlier or not changed:
            return
        told = {outcome.get("source_id"): outcome for outcome in self.outcomes}
        for source, rows in orphans.reject_orphans(self.con, self.contracts, changed, earlier).items():
            found = orphans.outcome_of(self.con, told.get(source) or blank_outcome("", None, "loaded"), source, rows)
            if source in told:
                told[source] |= {name: value for name, value in found.items() if name != "again"}
            else:
                self.outcomes.append(found)
            self.changed.add(found["table"])

    def _read(self, number: int, source: Source) -> list[Intake]:
        """A file read and fitted; what is refused becomes an outcome instead."""
        say(stage="read", share=0.05 + 0.5 * number / len(self.sources), what=source.shown_as)
        self.headings[number] = []
        try:
            if source.again or self.job.get("from_raw"):
                verify(self.home, source)  # a file that was just kept needs no second look
            seen = self.headings[number]
            readings = read_source(self.con, self.home, source, number, self.contracts, self.settings, self.folder, self._occasion(source), seen)
            self.used[number] = [reading.source.options for reading in readings]
            return readings
        except NeedsAnswer as question:
            self._refuse(source, question, further=self._further(number, source, question))
        except MissingColumn as refusal:
            self._refuse(source, refusal, refusal.table, further=refusal.proposals)
        except Refused as refusal:
            self._refuse(source, refusal, is_readable=bool(self.headings[number]))
        except duckdb.Error as fault:
            self._refuse(source, Refused(message("“{file}” could not be read: {fault}", file=source.shown_as, fault=str(fault).splitlines()[0])))
        return []

    def _further(self, number: int, source: Source, first: NeedsAnswer) -> list[NeedsAnswer]:
        """What the file leaves open beside its first question."""
        return all_open(self.con, self.home, source, number, self.contracts, self.settings, self.folder, first, self._occasion(source))[1:]

    def _occasion(self, source: Source) -> Occasion:
        again = source.again or bool(self.job.get("from_raw"))
        return Occasion(len(self.sources) > 1 or again, again)

    def _check_options(self) -> None:
        """Refuse what the user said of headings and columns that no file has; raises BadUse. One that could not be opened may have them."""
        fresh = [number for number, source in enumerate(self.sources) if not source.again]
        for asked in () if self.job.get("from_raw") else dict.fromkeys(self.sources[number].options for number in fresh):
            having = [number for number in fresh if self.sources[number].options == asked]
            if all(self.headings[number] for number in having):
                used = [options for number in having for options in self.used.get(number, ())]
                check_used(asked, used, {self.sources[number].shown_as: self.headings[number] for number in having}, all(n in self.used for n in having))

    def _refuse(
        self, source: Source, refusal: Refused, table: str | None = None, read: int = 0, further: Sequence[NeedsAnswer] = (), is_readable: bool = True
    ) -> None:
        questions = [as_question(each) for each in (refusal, *further) if isinstance(each, NeedsAnswer)]
        self.outcomes.append(
            blank_outcome(source.shown_as, table or source.options.table, "refused")
            | {
                "reason": refusal.said.to_json(), "question": questions[0] if isinstance(refusal, NeedsAnswer) else None, "questions": questions,
                "option": refusal.option, "read": read, "sha256": source.sha256, "is_readable": is_readable,
            }
        )  # fmt: skip

    def _may_go_on(self) -> bool:
        """A refused file stops the whole load, unless the user said that a part will do."""
        refused = [outcome for outcome in self.outcomes if outcome["status"] == "refused"]
        return not refused or (self.job["partial"] and len(refused) < len(self.sources))

    def _refuse_emptiness(self) -> None:
        """Where no file brings a row there is nothing to publish: an empty version would take the place of what is served."""
        brought = [outcome for outcome in self.outcomes if outcome["status"] == "loaded" and not outcome["again"]]
        if self.job.get("from_raw") or not brought or any(outcome["loaded"] for outcome in brought):
            return
        for outcome in brought:
            said = EMPTY if not outcome["read"] else all_rejected(outcome) if outcome["rejected"] else NO_ROW
            outcome |= {"status": "refused", "reason": said.to_json()}

    def _merge(self, reading: Intake) -> None:
        say(stage="merge", share=0.55, what=reading.source.shown_as)
        contract = self.contracts[reading.fitted.table]
        try:
            reading.check(self.con, self.contracts, self.settings)
            grains.refuse_both(self.con, contract, reading.fitted)
            overlap = merging.mark_replaced(self.con, contract, reading.fitted, float(self.settings["correction_share"]))
            if overlap and not self.job["replace"]:
                raise NeedsAnswer(overlap.said(), "replace", "--replace")
        except Refused as refusal:
            self._refuse(reading.source, refusal, contract.table, reading.fitted.read)
            return
        gone = replaced.by_file(self.con, contract, reading.fitted) if overlap else []
        if overlap:
            emptied = merging.remove_replaced(self.con, contract)
            self.kept = [source for source in self.kept if source["source_id"] not in emptied]
            self.added = [source for source in self.added if source["source_id"] not in emptied]
        reading.fitted.told.extend(replaced.told(gone))
        self._bring_in(reading, contract, overlap, gone)

    def _bring_in(self, reading: Intake, contract: Contract, overlap: merging.Overlap | None, gone: list[dict[str, Any]]) -> None:
        fitted = reading.fitted
        totals = merging.totals_of(self.con, contract, fitted.name)
        loaded = reading.counted(self.con)
        if not fitted.read:
            fitted.told.append(Told("no_rows", None, 0, (), NO_ROWS))
        source_id = 1 + self.con.execute("select coalesce(max(source_id), 0) from loads.sources").fetchall()[0][0]
        source_id = max(source_id, self.job["next_source_id"])
        self.job["next_source_id"] = source_id + 1
        outcome = blank_outcome(reading.shown_as, contract.table, "loaded") | {
            "read": fitted.read, "loaded": loaded, "repaired": fitted.repaired, "rejected": fitted.rejected, "set_aside": len(fitted.set_aside),
            "sha256": reading.source.sha256, "sheet": fitted.dialect.get("sheet"), "version": self.job["next_version"], "adapter": reading.source.adapter,
            "first_day": totals["first_day"], "last_day": totals["last_day"], "totals": totals["sums"], "mapping": fitted.mapping, "dialect": fitted.dialect,
            "formats": merging.formats_as_json(fitted), "told": merging.told_as_json(fitted), "raw_files": [list(raw[1:]) for raw in reading.source.raw_files],
            "again": reading.source.again, "source_id": source_id,
            "overlap": overlap and {"rows": overlap.rows, "left_out": overlap.left_out, "by_file": overlap.by_file},
            "replaced_files": gone,
        }  # fmt: skip
        profiles.remember(self.folder / "profiles", reading.raw.headings, fitted, reading.source.options)
        merging.record(self.con, source_id, outcome, fitted, reading.raw.name, len(reading.raw.headings))
        merging.record_lists(self.con, source_id, outcome, fitted, reading.raw.row_texts)
        reading.add_row_texts(self.con, source_id)
        merging.add_rows(self.con, contract, fitted, source_id)
        self.changed.add(contract.table)
        reading.drop_work(self.con)
        self.outcomes.append(outcome)
        outcome["rejects"], outcome["reject_reasons"] = merging.first_rejects(self.con, source_id), merging.reject_reasons(self.con, source_id)
        self.added.append(reading.source.to_json() | {"source_id": source_id, "again": False, "table": contract.table})

    def _drop_raw_views(self) -> None:
        """What the adapters read from is not part of what is served."""
        self.con.execute("drop schema if exists raw_files cascade")
        for (table,) in self.con.execute(
            "select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'main'"
            " and (starts_with(table_name, 'raw_') or starts_with(table_name, 'fit_'))"
        ).fetchall():
            self.con.execute(f'drop table main."{table}"')

    def _receipt(self, before: dict[str, set[str]], audits: list[dict[str, Any]], publishable: bool) -> dict[str, Any]:
        new = {table: sorted(codes - before[table]) for table, codes in self._masters().items()} if publishable else {}
        order = {source.shown_as: number for number, source in enumerate(self.sources)}
        outcomes = sorted(self.outcomes, key=lambda outcome: order.get(outcome["file"].split(" › ")[0], len(order)))
        return {
            "token": self.folder.name, "base": self.job["base"], "publishable": publishable, "files": outcomes, "audits": audits,
            "new": {table: {"n": len(codes), "examples": codes[:10]} for table, codes in new.items()},
            "sources": _by_source(self.kept + self.added),
            "settings": self.job["settings"], "schema": self.job["schema"], "next_source_id": self.job["next_source_id"],
        }  # fmt: skip


def _by_source(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources of the manifest, oldest first: the order in which a rebuild brings them in."""
    return sorted(sources, key=lambda source: source["source_id"])


def _connect(folder: Path, home: Home, memory_mb: int) -> duckdb.DuckDBPyConnection:
    """The candidate, open for writing and locked to the folders of this home: an adapter's SELECT can read no other file."""
    con = duckdb.connect(
        str(folder / "warehouse.duckdb"),
        config={
            "memory_limit": f"{memory_mb}MB", "temp_directory": str(folder / "spill"), "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "allow_community_extensions": "false",
        },
    )  # fmt: skip
    allowed = ", ".join("'" + str(path).replace("'", "''") + "/'" for path in (home.raw, home.work))
    con.execute(f"set allowed_directories = [{allowed}]")
    con.execute("set enable_external_access = false")
    return con


@contextmanager
def faults_as_sentences() -> Iterator[None]:
    """Every fault of disk or database that stops a build, as one sentence."""
    with disk_faults_as_sentences():
        try:
            yield
        except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as fault:
            said = str(fault).splitlines()[0]
            if "No space left" in said or "No space left" in str(fault):
                raise NotPublished(message("The disk is full; nothing was published and the old data stay served.")) from fault
            raise NotPublished(message("The build stopped ({fault}); nothing was published and the old data stay served.", fault=said)) from fault


def main(folder: Path) -> int:
    """Run the job of a folder. 0 = a receipt was written; 1 = it stopped, and said why on its last line."""
    threading.Thread(target=stop_with_parent, daemon=True).start()
    try:
        with faults_as_sentences():
            write_whole(folder / "receipt.json", json.dumps(Build(folder).run(), ensure_ascii=False, default=str))
    except GranaryError as fault:
        say(stage="stopped", said=fault.said.to_json())
        return 1
    say(stage="done", share=1.0)
    return 0


class WithoutPandas(importlib.abc.MetaPathFinder):
    """Pandas is not found here: Arrow would import it to ask of every array whether it is one of its columns, which takes half a second of a load."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


if __name__ == "__main__":
    sys.meta_path.insert(0, WithoutPandas())
    code = main(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(code)  # the receipt is written and the file is closed: tearing down the libraries one by one would only cost time
