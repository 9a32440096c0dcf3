"""What a load does not bring in: files without rows are no version, and rejects are shown before anything is published."""

import json
from pathlib import Path

import pytest

from engine.command_line import run
from engine.store.home import Home
from engine.store.versions import current
from tests.store.small_company import PRODUCTS, SALES, written

NO_ROWS = "material_id,material_name,unit_cost\n"


def loaded(tmp_path: Path, *arguments: str) -> int:
    return run(["load", *arguments, "--home", str(tmp_path / "home")])


def test_a_file_with_only_its_header_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "materials.csv").write_text(NO_ROWS)
    assert loaded(tmp_path, str(tmp_path / "materials.csv")) == 2
    assert capsys.readouterr().err == "materials.csv: It has column names but no rows: nothing to load.\n"
    assert current(Home(tmp_path / "home")) is None


def test_an_empty_file_beside_full_ones_is_loaded_with_no_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = written(tmp_path / "files")
    (folder / "materials.csv").write_text(NO_ROWS)
    assert loaded(tmp_path, str(folder), "--format", "json") == 0
    (empty,) = [file for file in json.loads(capsys.readouterr().out)["files"] if file["file"] == "materials.csv"]
    assert (empty["status"], empty["read"], empty["loaded"]) == ("loaded", 0, 0)
    assert "It has column names but no rows." in empty["told"]


def test_a_file_without_rows_takes_nothing_from_what_is_served(tmp_path: Path) -> None:
    assert loaded(tmp_path, str(written(tmp_path / "files"))) == 0
    (tmp_path / "products.csv").write_text(PRODUCTS.splitlines()[0] + "\n")
    assert loaded(tmp_path, str(tmp_path / "products.csv")) == 2
    assert current(Home(tmp_path / "home")) == 1


def test_a_dry_run_says_why_rows_are_rejected(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = written(tmp_path / "files", sales=SALES + "2025-10-22,D2,ZZ,1,9,5,I5,1\n")
    assert loaded(tmp_path, str(folder), "--dry-run", "--format", "json") == 3
    (sales,) = [file for file in json.loads(capsys.readouterr().out)["files"] if file["file"] == "sales.csv"]
    (reject,) = sales["rejects"]
    assert (reject["line"], reject["column"], reject["value"], reject["rule"]) == (7, "sku", "ZZ", "reference")
    assert "“ZZ” is unknown in" in reject["reason"]
    assert loaded(tmp_path, str(folder), "--dry-run") == 3
    assert "sales.csv: rejected line 7, sku: “ZZ”: “ZZ” is unknown in" in capsys.readouterr().out
