"""Loads a polluted file and says what came of it. The one outcome that is never right is `silent`."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from engine.errors import GranaryError, NeedsAnswer, Refused
from engine.settings import Settings
from engine.store import layers
from engine.store.contracts import catalogue
from engine.store.home import Home
from engine.store.intake.files import Intake, read_source
from engine.store.intake.reading import Options
from engine.store.sources import Source, keep
from tests.corpus import clean
from tests.corpus.cases import ASKED, EXACT, REFUSED, REJECTED, TOLD, Case, Row

SILENT, STUMBLED = "silent", "stumbled"


@dataclass(frozen=True)
class Verdict:
    """What came of a case. why: for a miss, what was seen. lost_clean: clean rows that were rejected, with a reason, though nothing is wrong with them."""

    case: str
    family: str
    outcome: str
    right: bool
    why: str = ""
    lost_clean: int = 0
    clean: int = 0


@dataclass
class Seen:
    """What one load left behind: rows with their lines, and everything that was said, by line."""

    table: str
    rows: list[tuple[int, dict[str, Any]]]
    rejected: dict[int, str]
    aside: dict[int, str]
    repaired: set[int]
    told_lines: set[int]
    told_columns: set[str | None]
    told_rules: Counter[str]
    texts: str

    def said(self, row: Row, record: dict[str, Any] | None = None) -> bool:
        """Whether somebody was told of this row: by its line, or of more rows than have examples in a column that came out otherwise."""
        changed = {name for meant in row.values for name, value in meant.items() if record is not None and not same(record.get(name), value)}
        return any(row.covers(line) for line in self.repaired | self.told_lines) or bool(changed and changed <= self.told_columns)

    def taken_out(self, row: Row) -> bool:
        return any(row.covers(line) for line in (*self.rejected, *self.aside))


class Desk:
    """A home in which polluted files are read one after the other, beside the clean tables that they point to."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.work.mkdir(parents=True, exist_ok=True)
        self.con = duckdb.connect(config={"memory_limit": "1GB"})
        layers.make_input_tables(self.con, catalogue())
        self.number = 0
        for table in ("products", "dealers", "locations"):
            records = getattr(clean, table)()
            names = ", ".join(records[0])
            marks = ", ".join("?" for _ in records[0])
            self.con.executemany(f"insert into main.{table} ({names}) values ({marks})", [list(record.values()) for record in records])

    def judge(self, case: Case) -> Verdict:
        """Loads the case and weighs the result against its manifest."""
        self.number += 1
        path = self.home.path / "in" / str(self.number)
        path.mkdir(parents=True)
        path = path / "file"
        path.write_bytes(case.content)
        try:
            seen = self._load(case, path)
        except NeedsAnswer as question:
            return self._stopped(case, ASKED, question)
        except Refused as refusal:
            return self._stopped(case, REFUSED, refusal)
        except (GranaryError, duckdb.Error, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, OSError) as fault:
            return Verdict(case.name, case.family, STUMBLED, False, f"{type(fault).__name__}: {fault}"[:300])
        finally:
            path.unlink()
        return weigh(case, seen)

    def _stopped(self, case: Case, outcome: str, refusal: Refused) -> Verdict:
        said = str(refusal.said)
        return Verdict(case.name, case.family, outcome if said.strip() else SILENT, outcome in case.expected, said[:300])

    def _load(self, case: Case, path: Path) -> Seen:
        named = path.with_name("named" + "".join(Path(case.file).suffixes[-2:] if case.file.endswith(".gz") else Path(case.file).suffixes[-1:]))
        path.rename(named)
        try:
            digest, kept = keep(self.home, named)
        finally:
            named.rename(path)
        source = Source(case.file, digest, str(kept), Options(**case.options))
        settings = Settings(case.settings)
        readings = read_source(self.con, self.home, source, self.number, catalogue(), settings, self.home.work)
        try:
            for reading in readings:
                reading.check(self.con, catalogue(), settings)
                reading.counted(self.con)
            return merged([self._seen(reading) for reading in readings])
        finally:
            for reading in readings:
                reading.drop_work(self.con)
            kept.unlink(missing_ok=True)

    def _seen(self, reading: Intake) -> Seen:
        fitted = reading.fitted
        cursor = self.con.execute(f"select * from {fitted.name}")
        names = [name for name, *_ in cursor.description or []]
        records = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        rejects = self.con.execute(f"select line, coalesce(rule, '') from {fitted.name}_rejects where reason is not null").fetchall()
        repairs = self.con.execute(f"select line from {fitted.name}_repairs where reason is not null").fetchall()
        told = [*fitted.told, *reading.raw.told]
        place = int(fitted.dialect.get("line_modulo") or reading.raw.dialect.get("line_modulo") or 10**18)  # rows made of months share the line of their row
        return Seen(
            table=fitted.table,
            rows=[(record.pop("_line") % place, record) for record in records],
            rejected={line % place: rule for line, rule in rejects},
            aside={fault.line: fault.rule for fault in fitted.set_aside},
            repaired={line for (line,) in repairs},
            told_lines={line for said in told for line, _ in said.examples},
            told_columns={said.column for said in told if said.rows > len(said.examples)},
            told_rules=Counter({said.rule: max(said.rows, 1) for said in told}),
            texts="\n".join(reading.raw.row_texts.values()),
        )


def merged(parts: list[Seen]) -> Seen:
    """Several tables of one file as one: only for cases whose rows do not say which sheet they stand on."""
    first, *others = parts
    for other in others:
        first.rows += other.rows
        first.rejected |= other.rejected
        first.aside |= other.aside
        first.repaired |= other.repaired
        first.told_lines |= other.told_lines
        first.told_columns |= other.told_columns
        first.told_rules += other.told_rules
        if other.table != first.table:
            first.table = f"{first.table}+{other.table}"
    return first


def same(found: Any, meant: Any) -> bool:
    if isinstance(found, datetime) and not isinstance(meant, datetime) and isinstance(meant, date):
        found = found.date()
    if isinstance(meant, float) and isinstance(found, int | float) and not isinstance(found, bool):
        return math.isclose(found, meant, rel_tol=1e-12, abs_tol=1e-9)
    return bool(found == meant)


def is_loaded_as(record: dict[str, Any], meant: dict[str, Any]) -> bool:
    return all(same(record.get(name), value) for name, value in meant.items())


def weigh(case: Case, seen: Seen) -> Verdict:
    """Every row of the file against what was loaded, rejected, set aside or told."""
    if seen.table != case.table:
        return Verdict(case.name, case.family, SILENT, False, f"read as {seen.table}, is {case.table}")
    left = list(seen.rows)
    faults: list[str] = []
    misplaced: list[str] = []
    changed, lost_clean = 0, 0
    waiting = [row for row in case.rows if not _take(left, row, True, case, seen, faults)]
    for row in waiting:
        there = next((place for place, (line, _) in enumerate(left) if row.line and row.covers(line)), None)
        if seen.taken_out(row) or in_text(row, seen.texts):
            changed += 1
            lost_clean += row.fate == "clean"
        elif _take(left, row, False, case, seen, faults):
            misplaced.append(f"the row of line {row.line} bears another line")
        elif there is not None:
            line, record = left.pop(there)
            changed += 1
            faults += [] if seen.said(row, record) else [f"line {line} loaded as {shown(record, row.values)}"]
        elif row.values:
            faults.append(f"line {row.line} is nowhere")
    excused = seen.repaired | seen.told_lines | {line for row in case.rows if seen.taken_out(row) for line in range(row.line, max(row.line, row.last) + 1)}
    faults += [f"line {line} came from nowhere: {shown(record, ())}" for line, record in left if line not in excused]
    rules = {*seen.told_rules, *seen.rejected.values(), *seen.aside.values()}
    faults += [f"nothing told about {rule}" for rule in case.must_tell if rule not in rules]
    return verdict(case, seen, faults, misplaced, changed, lost_clean)


def _take(left: list[tuple[int, dict[str, Any]]], row: Row, by_line: bool, case: Case, seen: Seen, faults: list[str]) -> bool:
    """Takes the loaded row that is this one out of `left`; False where there is none."""
    for place, (line, record) in enumerate(left):
        if any(is_loaded_as(record, meant) for meant in row.values) and (not by_line or row.line == 0 or row.covers(line)):
            left.pop(place)
            if row.fate == "told" and not seen.said(row) and not any(seen.told_rules[rule] for rule in case.must_tell):
                faults.append(f"line {line} loaded, and nothing said")
            return True
    return False


def verdict(case: Case, seen: Seen, faults: list[str], misplaced: list[str], changed: int, lost_clean: int) -> Verdict:
    clean_count = sum(row.fate == "clean" for row in case.rows)
    if faults:
        return Verdict(case.name, case.family, SILENT, False, "; ".join(faults[:3]), lost_clean, clean_count)
    outcome = REJECTED if seen.rejected else TOLD if changed or seen.repaired or seen.told_rules else EXACT
    if misplaced:
        return Verdict(case.name, case.family, outcome, False, "; ".join(misplaced[:3]), lost_clean, clean_count)
    why = "" if outcome in case.expected else f"rejected {dict(list(seen.rejected.items())[:3])}, told {dict(seen.told_rules)}"
    return Verdict(case.name, case.family, outcome, outcome in case.expected, why, lost_clean, clean_count)


def in_text(row: Row, texts: str) -> bool:
    """A row that an open quote swallowed is accounted for when the rejected text holds it."""
    return bool(texts) and any(str(value.get("invoice_id") or value.get("dealer_id")) in texts for value in row.values)


def shown(record: dict[str, Any], values: Iterable[dict[str, Any]]) -> str:
    names = {name for meant in values for name, value in meant.items() if not same(record.get(name), value)} or list(record)[:4]
    return str({name: record.get(name) for name in sorted(names)})
