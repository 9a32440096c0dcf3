"""The command line that other programs call: verbs, exit codes, JSON fields, errors in one sentence."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from engine.command_line import run
from tests.store.small_company import SALES, written


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small company, one row of which names an unknown article. Only read by the tests below."""
    folder = tmp_path_factory.mktemp("company")
    written(folder / "files", sales=SALES + "2025-10-22,D2,ZZ,1,9,5,I5,1\n")
    assert run(["load", str(folder / "files"), "--home", str(folder / "home"), "--format", "json"]) == 3
    return folder / "home"


def asked(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> list[dict]:
    assert run([*arguments, "--home", str(home), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_load_prints_the_fields_that_other_programs_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code = run(["load", str(written(tmp_path / "files")), "--home", str(tmp_path / "home"), "--format", "json", "--dry-run"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (printed["version"], printed["published"]) == (None, False)
    assert {file["file"]: (file["table"], file["status"], file["read"], file["loaded"]) for file in printed["files"]} == {
        "dealers.csv": ("dealers", "loaded", 2, 2),
        "products.csv": ("products", "loaded", 3, 3),
        "sales.csv": ("sales", "loaded", 5, 5),
        "stock.csv": ("stock", "loaded", 5, 5),
    }
    assert {"repaired", "rejected", "set_aside", "reason"} <= printed["files"][0].keys()
    assert not (tmp_path / "home" / "warehouse").exists()


def test_a_rejected_row_names_file_line_column_value_and_reason(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    (reject,) = asked(capsys, loaded, "rejects")
    assert (reject["file"], reject["line"], reject["column_name"], reject["value"]) == ("sales.csv", 7, "sku", "ZZ")
    assert "ZZ" in reject["reason"]


def test_kpis_come_unrounded_with_their_keys(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    (whole,) = asked(capsys, loaded, "kpi", "net_sales", "stock_value")
    assert (whole["net_sales"], whole["stock_value"]) == (407, 640)
    by_sku = {row["sku"]: row for row in asked(capsys, loaded, "kpi", "net_sales", "days_of_supply_backward", "--by", "sku", "--where", "sphere=Spirits")}
    assert by_sku.keys() == {"A1", "A2"}
    assert by_sku["A1"]["net_sales"] == 260
    assert by_sku["A1"]["days_of_supply_backward"] == pytest.approx(30 / 13 * 90)


def test_an_input_table_is_exported_as_it_was_loaded(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    assert run(["export", "sales", "--home", str(loaded), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["invoice_id"] for row in rows] == ["I1", "I1", "I2", "I3", "I4"]
    assert sum(float(row["net_value"]) for row in rows) == 407


def test_everything_that_show_lists_can_be_shown(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    for name in [row["name"] for row in asked(capsys, loaded, "show", "--list")]:
        options = ("--where", "sku=A1") if name == "item" else ()
        assert isinstance(asked(capsys, loaded, "show", name, *options), list), name


@pytest.mark.parametrize(("level", "key"), [("group", "product_group"), ("line", "line_id"), ("sku", "sku")])
def test_the_bcg_is_shown_at_the_level_that_was_asked_for(capsys: pytest.CaptureFixture[str], loaded: Path, level: str, key: str) -> None:
    rows = asked(capsys, loaded, "show", "bcg", "--level", level)
    keys = [name for name in rows[0] if name in ("product_group", "line_id", "sku")]
    assert keys[-1] == key
    if level == "line":
        assert rows == asked(capsys, loaded, "show", "bcg")


def test_explain_cites_tables_files_and_rows(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    cited = asked(capsys, loaded, "explain", "net_sales")
    assert any(row["table_name"] == "sales" and row["file"] == "sales.csv" and row["row_count"] == 5 for row in cited)


def test_status_tells_what_is_served(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    assert run(["status", "--home", str(loaded), "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["version"] == 1
    assert {table["table_name"]: table["row_count"] for table in status["tables"]}["sales"] == 5


def test_templates_are_written_in_the_language_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["template", str(tmp_path), "--language", "ru", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) > 100
    assert "Дата отгрузки" in (tmp_path / "sales.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["kpi", "nett_sales"], "nett_sales"),
        (["kpi", "net_sales", "--by", "colour"], "colour"),
        (["kpi", "net_sales", "--where", "colour"], "colour"),
        (["kpi", "net_sales", "--as-of", "31.10.2025"], "31.10.2025"),
        (["show", "nothing"], "nothing"),
        (["show", "bcg", "--level", "galaxy"], "galaxy"),
        (["show", "abc", "--level", "line"], "“abc” has no levels"),
        (["export", "saless"], "sales"),
        (["load", "/no/such/folder"], "/no/such/folder"),
        (["sing"], "sing"),
        ([], "VERB"),
    ],
)
def test_bad_use_is_one_sentence_that_names_what_was_found(capsys: pytest.CaptureFixture[str], loaded: Path, arguments: list[str], named: str) -> None:
    assert run([*arguments, *(["--home", str(loaded)] if arguments and arguments[0] != "sing" else [])]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert named in said


def test_an_empty_home_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments in (["kpi", "net_sales"], ["rejects"], ["undo"], ["rebuild"], ["show", "health"], ["export", "sales"]):
        assert run([*arguments, "--home", str(tmp_path)]) == 2, arguments
        assert capsys.readouterr().err == "Nothing has been loaded yet.\n"
    assert run(["status", "--home", str(tmp_path)]) == 0


def test_margin_is_unknown_as_long_as_no_cost_is_known(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("shipped_on,dealer_id,sku,qty,net_value\n2025-09-03,D1,A1,10,200\n", encoding="utf-8")
    assert run(["load", str(tmp_path / "sales.csv"), "--home", str(tmp_path / "home")]) == 0
    capsys.readouterr()
    (row,) = asked(capsys, tmp_path / "home", "kpi", "net_sales", "sales_cost", "gross_margin", "margin_share")
    assert (row["net_sales"], row["sales_cost"], row["gross_margin"], row["margin_share"]) == (200, None, None, None)


def test_records_are_listed_and_verified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from engine.answers import records
    from engine.store.home import Home

    home = Home(tmp_path)
    assert run(["records", "verify", "--home", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == "0 records, unbroken from the first to the last."
    records.record(home, "action", "call D1", {"due": "2026-01-31"}, "Anna", 3)
    records.record(home, "person", "p1", {"name": "Anna"}, "Anna", None)
    (listed,) = asked(capsys, tmp_path, "records", "list", "action")
    assert (listed["id"], listed["subject"], listed["who"], listed["version"], json.loads(listed["payload"])) == (
        1,
        "call D1",
        "Anna",
        3,
        {"due": "2026-01-31"},
    )
    assert run(["records", "verify", "--home", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True
    (home.records / "anchor").unlink()
    assert run(["records", "verify", "--home", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "anchor of the records is missing" in told.err


MESSY = """Date,Dealer,SKU,Quantity,Net sales
03/04/2025,D1,A1,1,"1,200"
05/04/2025,D1,A2,2,"2,400"
"""


def test_every_question_of_a_load_is_asked_in_one_run_with_the_option_that_settles_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = written(tmp_path / "files", sales=MESSY)
    arguments = ["load", str(folder), "--home", str(tmp_path / "home")]
    assert run([*arguments, "--format", "json"]) == 2
    printed = capsys.readouterr()
    lines = printed.err.strip().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("sales.csv: ") for line in lines)
    assert ["--dates" in lines[0], "--decimal" in lines[1]] == [True, True]
    (sales,) = [file for file in json.loads(printed.out)["files"] if file["file"] == "sales.csv"]
    assert [asked["question"] for asked in sales["questions"]] == ["dates", "decimal"]
    assert run([*arguments, "--dates", "dmy", "--decimal", "."]) == 0


def test_what_a_file_says_once_is_given_to_every_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    stock = "仓库：P1,,\n截止日期：2025-10-31,,打印日期：2025-11-02\n存货编码,存货名称,现存数量\nA1,Apple,30\nA2,Pear,25\n"
    folder = written(tmp_path / "files", stock=stock)
    arguments = ["load", str(folder), "--home", str(tmp_path / "home")]
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert "--set counted_on=2025-10-31" in said
    assert "--set location_id=P1" in said
    assert run([*arguments, "--set", "counted_on"]) == 2
    assert "COLUMN=VALUE" in capsys.readouterr().err


def test_a_value_for_every_row_is_kept_with_the_load(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "现存量.csv"
    file.write_text("存货编码,现存数量\nA1,30\nA2,25\n", encoding="utf-8")
    home = tmp_path / "home"
    assert run(["load", str(written(tmp_path / "files")), "--home", str(home)]) == 0
    assert run(["load", str(file), "--home", str(home), "--set", "counted_on=2025-11-30", "--set", "location_id=P1"]) == 0
    assert run(["rebuild", "--home", str(home)]) == 0
    capsys.readouterr()
    assert run(["export", "stock", "--home", str(home), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {(row["counted_on"], row["location_id"], row["item_id"]) for row in rows} >= {("2025-11-30", "P1", "A1"), ("2025-11-30", "P1", "A2")}


def test_explain_gives_the_cited_rows_with_file_line_and_values(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    assert run(["explain", "net_sales", "--rows", "--home", str(loaded), "--format", "json"]) == 0
    cited = json.loads(capsys.readouterr().out)
    assert cited["left_out"] == 0
    assert [(row["line"], row["net_value"]) for row in cited["rows"]] == [(2, 200), (3, 36), (4, 120), (5, 60), (6, -9)]
    assert {row["file"] for row in cited["rows"]} == {"sales.csv"}
    assert run(["explain", "stock_value", "--rows", "--home", str(loaded), "--format", "json"]) == 0
    stock = json.loads(capsys.readouterr().out)["rows"]
    assert sum(row["cost_value"] for row in stock) == 640
    assert {row["line"] for row in stock} == {4, 5, 6}


def test_the_templates_say_with_which_three_tables_to_begin(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["template", str(tmp_path), "--format", "json"]) == 0
    written_files = json.loads(capsys.readouterr().out)
    first = [(row["table"], row["needed"]) for row in written_files if row["needed"].startswith("required")]
    assert first[::2] == [("products", "required, 1 of 3"), ("sales", "required, 2 of 3"), ("stock", "required, 3 of 3")]
    assert written_files[0]["needed"] == "read first"


def test_data_that_another_program_built_are_told_in_a_sentence(capsys: pytest.CaptureFixture[str], loaded: Path, tmp_path: Path) -> None:
    shutil.copytree(loaded, tmp_path / "home")
    manifest = tmp_path / "home" / "warehouse" / "1.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"schema": "of another day"}), encoding="utf-8")
    for question in (["kpi", "net_sales"], ["show", "dead_stock"], ["explain", "net_sales"]):
        assert run([*question, "--home", str(tmp_path / "home")]) == 2
        assert "build them anew with `python -m engine upgrade" in capsys.readouterr().err


def test_months_are_whole_and_the_days_are_told(capsys: pytest.CaptureFixture[str], loaded: Path) -> None:
    by_month = {row["month"]: row["net_sales"] for row in asked(capsys, loaded, "kpi", "net_sales", "--by", "month")}
    whole = {row["month"]: row["net_sales"] for row in asked(capsys, loaded, "kpi", "net_sales", "--by", "month", "--from", f"{min(by_month)}")}
    assert by_month == whole
    assert run(["kpi", "net_sales", "--home", str(loaded)]) == 0
    assert re.search(r"days 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d; stock of 20\d\d-\d\d-\d\d", capsys.readouterr().out)
