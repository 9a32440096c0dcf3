"""What leaves a line in the audit: loads with all that they did, publications, taking back, exports; whoever did it."""

import csv
import random
from pathlib import Path
from typing import Any

import pytest

from engine import command_line
from engine.answers import audit, loading
from engine.messages import message
from engine.scope import EVERYTHING, Scope
from engine.store import decisions
from engine.store.build import Receipt
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.outcomes import blank_outcome
from engine.visible import visible
from tests.small_warehouse import published

ANNA = Scope(who="Anna", subject="https://id.example anna-1")
LINE = {"shipped_on": "2025-10-31", "dealer_id": "d1", "sku": "A", "qty": "2", "net_value": "10.50", "invoice_id": "1", "line_no": "1"}
FIELDS = ("table", "sha256", "status", "read", "loaded", "repaired", "rejected", "set_aside", "totals", "contract")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    return Home(tmp_path / "home")


def file_of(folder: Path, rows: list[dict[str, str]], name: str = "sales.csv") -> Path:
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, LINE)
        writer.writeheader()
        writer.writerows(rows)
    return folder / name


def noted(home: Home) -> list[tuple[str, dict[str, Any]]]:
    """Act and details of every note, oldest first."""
    return [(record.subject, record.payload or {}) for record in decisions.history(home, "audit")]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, tuple[dict[str, Any], ...]]:
    """Eight files by chance, loaded by Anna: numbers and days that are right, wrong, odd or missing, and rows that stand there twice. With the receipt."""
    folder = tmp_path_factory.mktemp("load")
    home, chance, files = Home(folder / "home"), random.Random(7), folder / "files"
    for number in range(8):
        rows = [
            LINE | {"qty": chance.choice(("1", "2.5", "x", "", "-3", "(4)")), "shipped_on": chance.choice(("2025-10-31", "2025-13-32", "")),
                    "invoice_id": str(number), "line_no": str(chance.randrange(4))}
            for _ in range(chance.randint(1, 9))
        ]  # fmt: skip
        file_of(files, [LINE | {"invoice_id": str(number), "line_no": "9"}, *rows], f"sales {number}.csv")
    load = loading.prepare(home, [files], partial=True, shown_as={"sales 0.csv": "October \u202e.csv"})
    loading.publish(home, load, ANNA)
    return home, load.receipt.files


def test_a_publication_notes_each_file_with_its_fingerprint_its_name_its_rows_and_who(loaded: tuple[Home, Any]) -> None:
    home = loaded[0]
    *loads, (last, publication) = noted(home)
    held = {str(held["about"]): held for _, held in loads}["October ⟨U+202E⟩.csv"]
    assert (last, publication["about"], {act for act, _ in loads}) == ("publish", "version 1", {"load"})
    assert all(set(FIELDS) <= set(held) for _, held in loads)
    assert (held["table"], held["status"], len(held["sha256"])) == ("sales", "loaded", 64)
    assert "net_value" in held["totals"]
    assert {(record.who, record.identity, record.version) for record in decisions.history(home, "audit")} == {("Anna", ANNA.subject, 1)}


def test_of_every_load_read_is_loaded_and_rejected_and_set_aside(loaded: tuple[Home, tuple[dict[str, Any], ...]]) -> None:
    home, files = loaded
    kept = {str(held["about"]): held for act, held in noted(home) if act in ("load", "refuse_load")}
    settled = {visible(str(file["file"])): file for file in files if not file.get("question")}
    assert set(kept) == set(settled)
    assert sum(int(held["rejected"]) > 0 for held in kept.values()) > 3
    names = ("read", "loaded", "repaired", "rejected", "set_aside")
    for name, held in kept.items():
        assert [held[count] for count in names] == [settled[name][count] for count in names]
        assert held["read"] == held["loaded"] + held["rejected"] + held["set_aside"]


def test_what_was_refused_thrown_away_taken_back_and_built_anew_is_noted(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = blank_outcome("nothing.csv", None, "refused") | {"reason": message("It has no rows.").to_json(), "sha256": "0" * 64}
    asked = blank_outcome("days.csv", "sales", "refused") | {"reason": message("Which days?").to_json(), "question": {"question": "dates"}}
    load = loading.Load(Receipt("build-1", 2, (refused, asked), False), ())
    for name, result in (("discard", None), ("undo", (2, 1)), ("rebuild", 3)):
        monkeypatch.setattr(loading.build, name, lambda *_, result=result, **__: result)
    loading.refused(home, load, ANNA)
    loading.discard(home, load, ANNA)
    loading.undo(home, ANNA)
    loading.rebuild(home, scope=ANNA)
    assert [(act, held.get("about")) for act, held in noted(home)] == [
        ("refuse_load", "nothing.csv"), ("discard", "nothing.csv, days.csv"), ("undo", "version 2"), ("rebuild", "version 3"),
    ]  # fmt: skip
    assert noted(home)[0][1]["reason"] == "It has no rows."
    assert {record.who for record in decisions.history(home, "audit")} == {"Anna"}


def test_the_command_line_notes_what_it_hands_out_under_the_account(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "operator")
    published(home.path, {"products": [{"sku": "A"}]})
    at = ["--home", str(home.path), "--format", "csv"]
    assert command_line.run(["export", "products", *at]) == 0
    assert command_line.run(["show", "quality", *at]) == 0
    exports = [
        (record.who, (record.payload or {})["about"], (record.payload or {})["form"])
        for record in decisions.history(home, "audit")
        if record.subject == "export"
    ]
    assert exports == [("operator", "products", "csv"), ("operator", "quality", "csv")]


def test_the_command_line_searches_the_audit(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    audit.note(home, ANNA, "export", "dead_stock", form="csv")
    audit.note(home, Scope(who="Boris"), "undo", "version 2")
    assert command_line.run(["audit", "--home", str(home.path), "--act", "export", "--format", "json"]) == 0
    assert '"about": "dead_stock"' in capsys.readouterr().out
    assert command_line.run(["audit", "dead", "--who", "Boris", "--home", str(home.path), "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert command_line.run(["audit", "--from", "yesterday", "--home", str(home.path)]) == 2


def test_looking_at_the_demo_leaves_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "DEMO_HOME", tmp_path)
    audit.note(Home(tmp_path), ANNA, "export", "dead_stock")
    assert not (tmp_path / "records").exists()
    assert audit.facets_of("credit", EVERYTHING) == ()
