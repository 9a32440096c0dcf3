"""Loading: every file ends as loaded, unchanged or refused, and what is served changes in one step or not at all (W2–W4)."""

import shutil
from pathlib import Path

import pytest

from engine.answers import loading
from engine.errors import BadUse, NothingServed, NotPublished
from engine.store import demo_mark, versions
from engine.store.home import Home
from engine.store.warehouse import open_warehouse
from tests.store.small_company import DEALERS, PRODUCTS, SALES, served, written


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def load(home: Home, *paths: Path, **options) -> loading.Load:
    prepared = loading.prepare(home, list(paths), **options)
    if prepared.receipt.publishable and not prepared.receipt.nothing_new:
        loading.publish(home, prepared)
    return prepared


def by_file(prepared: loading.Load) -> dict[str, dict]:
    return {file["file"]: file for file in prepared.receipt.files}


def rows(home: Home, table: str):
    return open_warehouse(home).input_rows(table)


def net_sales(home: Home) -> float:
    return rows(home, "sales")["net_value"].sum()


@pytest.fixture
def loaded(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Home:
    return served(tmp_path_factory, tmp_path)


def test_a_folder_of_files_is_loaded_and_every_row_accounted_for(loaded: Home) -> None:
    assert versions.current(loaded) == 1
    assert net_sales(loaded) == 407
    assert rows(loaded, "stock").height == 5
    tables = {table["table_name"]: table["row_count"] for table in loading.status(loaded)["tables"]}
    assert tables == {"dealers": 2, "products": 3, "sales": 5, "stock": 5}


def test_the_same_content_again_changes_nothing(loaded: Home, tmp_path: Path) -> None:
    again = load(loaded, tmp_path / "files")
    assert {file["status"] for file in again.receipt.files} == {"unchanged"}
    assert versions.current(loaded) == 1


def test_the_same_content_under_another_name_changes_nothing(loaded: Home, tmp_path: Path) -> None:
    renamed = tmp_path / "export (2).csv"
    renamed.write_text(SALES, encoding="utf-8")
    assert [file["status"] for file in load(loaded, renamed).receipt.files] == ["unchanged"]


def test_a_corrected_file_is_told_and_replaces_only_after_confirmation(loaded: Home, tmp_path: Path) -> None:
    corrected = tmp_path / "sales.csv"
    corrected.write_text(SALES.replace("A2,5,120,60", "A2,6,144,72"), encoding="utf-8")
    asked = load(loaded, corrected)
    assert not asked.receipt.publishable
    assert "5 rows" in str(asked.receipt.why_not())
    assert net_sales(loaded) == 407
    done = load(loaded, corrected, replace_overlap=True)
    assert by_file(done)["sales.csv"]["overlap"]["rows"] == 5
    assert net_sales(loaded) == 431
    assert rows(loaded, "sales").height == 5


def test_a_corrected_file_takes_away_what_it_leaves_out(loaded: Home, tmp_path: Path) -> None:
    corrected = tmp_path / "sales.csv"
    corrected.write_text(SALES.replace("2025-10-20,D1,A1,3,60,30,I3,1\n", ""), encoding="utf-8")
    load(loaded, corrected, replace_overlap=True)
    assert net_sales(loaded) == 347


def test_a_few_corrected_rows_leave_the_rest_of_the_month_alone(loaded: Home, tmp_path: Path) -> None:
    header, *lines = SALES.splitlines()
    (tmp_path / "more.csv").write_text(
        f"{header}\n2025-10-01,D1,A1,1,20,10,I8,1\n2025-10-31,D1,A1,1,20,10,I9,1\n{lines[3].replace('3,60,30', '2,40,20')}\n", encoding="utf-8"
    )
    load(loaded, tmp_path / "more.csv", replace_overlap=True)
    assert net_sales(loaded) == 407 - 20 + 40


def test_a_file_of_another_period_adds(loaded: Home, tmp_path: Path) -> None:
    header = SALES.splitlines()[0]
    (tmp_path / "sales.csv").write_text(f"{header}\n2025-11-03,D1,A1,1,20,10,I9,1\n", encoding="utf-8")
    assert load(loaded, tmp_path / "sales.csv").receipt.publishable
    assert net_sales(loaded) == 427


def test_two_versions_are_never_mixed_for_a_reader_who_began_on_the_old_one(loaded: Home, tmp_path: Path) -> None:
    warehouse = open_warehouse(loaded)
    old = warehouse.version
    header = SALES.splitlines()[0]
    (tmp_path / "sales.csv").write_text(f"{header}\n2025-11-03,D1,A1,1,20,10,I9,1\n", encoding="utf-8")
    load(loaded, tmp_path / "sales.csv")
    assert warehouse.version == old + 1
    assert warehouse.input_rows("sales", old)["net_value"].sum() == 407
    assert warehouse.input_rows("sales")["net_value"].sum() == 427


def test_rows_with_unknown_codes_are_rejected_and_come_in_once_the_code_is_known(home: Home, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", products="\n".join(PRODUCTS.splitlines()[:-1]) + "\n")
    first = by_file(load(home, folder))["sales.csv"]
    assert (first["read"], first["loaded"], first["rejected"]) == (5, 3, 2)
    (tmp_path / "late.csv").write_text(PRODUCTS.splitlines()[0] + "\n" + PRODUCTS.splitlines()[-1] + "\n", encoding="utf-8")
    second = by_file(load(home, tmp_path / "late.csv"))
    assert second["sales.csv"]["again"]
    assert net_sales(home) == 407


def test_the_order_in_which_files_are_loaded_does_not_matter(home: Home, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", sales=SALES.replace("D2,A2", "D9,A2"))
    for names in (["sales.csv", "stock.csv"], ["dealers.csv"], ["products.csv"]):
        load(home, *(folder / name for name in names))
    other = Home(tmp_path / "other")
    load(other, folder)
    assert rows(home, "sales").sort("invoice_id", "line_no").equals(rows(other, "sales").sort("invoice_id", "line_no"))
    assert rows(home, "sales").height == 4


def test_a_refused_file_stops_the_whole_load_unless_a_part_will_do(home: Home, tmp_path: Path) -> None:
    folder = written(tmp_path / "files", dealers=DEALERS.replace("dealer_id", "colour"))
    whole = load(home, folder)
    assert not whole.receipt.publishable
    assert by_file(whole)["dealers.csv"]["status"] == "refused"
    assert versions.current(home) is None
    part = load(home, folder, partial=True)
    assert part.receipt.publishable
    assert by_file(part)["sales.csv"]["loaded"] == 5
    assert versions.current(home) == 1


def test_undo_serves_the_version_below_with_its_settings(loaded: Home, tmp_path: Path) -> None:
    (loaded.path / "settings.json").write_text('{"window_days": 30}', encoding="utf-8")
    header = SALES.splitlines()[0]
    (tmp_path / "more.csv").write_text(f"{header}\n2025-11-03,D1,A1,1,20,10,I9,1\n", encoding="utf-8")
    load(loaded, tmp_path / "more.csv")
    assert loading.undo(loaded) == (2, 1)
    assert net_sales(loaded) == 407
    assert loaded.settings()["window_days"] == 90
    load(loaded, tmp_path / "more.csv")
    assert versions.current(loaded) == 3
    with pytest.raises(BadUse, match="nothing to go back to"):
        [loading.undo(loaded) for _ in range(3)]


def test_a_rebuild_from_the_raw_files_serves_the_same_rows(loaded: Home, tmp_path: Path) -> None:
    corrected = tmp_path / "sales.csv"
    corrected.write_text(SALES.replace("A2,5,120,60", "A2,6,144,72"), encoding="utf-8")
    load(loaded, corrected, replace_overlap=True)
    before = {table: rows(loaded, table) for table in ("products", "dealers", "sales", "stock")}
    loading.rebuild(loaded)
    for table, frame in before.items():
        assert rows(loaded, table).sort(frame.columns).equals(frame.sort(frame.columns)), table


def test_the_raw_files_alone_bring_everything_back(loaded: Home, tmp_path: Path) -> None:
    before = {table: rows(loaded, table) for table in ("products", "dealers", "sales", "stock")}
    restored = Home(tmp_path / "restored")
    shutil.copytree(loaded.raw, restored.raw)
    assert loading.rebuild(restored) == 1
    for table, frame in before.items():
        assert rows(restored, table).sort(frame.columns).equals(frame.sort(frame.columns)), table
    with pytest.raises(NothingServed):
        loading.rebuild(Home(tmp_path / "nothing"))


def test_a_candidate_is_not_published_over_a_version_it_has_not_seen(loaded: Home, tmp_path: Path) -> None:
    header = SALES.splitlines()[0]
    (tmp_path / "a.csv").write_text(f"{header}\n2025-11-03,D1,A1,1,20,10,I8,1\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"{header}\n2025-11-04,D1,A1,1,20,10,I9,1\n", encoding="utf-8")
    first = loading.prepare(loaded, [tmp_path / "a.csv"])
    second = loading.prepare(loaded, [tmp_path / "b.csv"])
    loading.publish(loaded, first)
    with pytest.raises(NotPublished, match="in the meantime"):
        loading.publish(loaded, second)
    assert net_sales(loaded) == 427


def test_only_the_last_versions_are_kept(loaded: Home, tmp_path: Path) -> None:
    assert loaded.settings()["kept_versions"] == 5
    (loaded.path / "settings.json").write_text('{"kept_versions": 2}', encoding="utf-8")
    header = SALES.splitlines()[0]
    for day in range(1, 4):
        (tmp_path / "more.csv").write_text(f"{header}\n2025-11-0{day},D1,A1,1,20,10,J{day},1\n", encoding="utf-8")
        load(loaded, tmp_path / "more.csv")
    assert versions.numbers(loaded) == [3, 4]


MONTHS = "月份,经销商编码,存货编码,数量,金额\n2025年10月,D1,A1,3,60\n"


def test_whole_months_and_single_days_of_the_same_things_are_never_added_up(loaded: Home, tmp_path: Path) -> None:
    months = tmp_path / "销售.csv"
    months.write_text(MONTHS, encoding="utf-8")
    (refused,) = load(loaded, months).receipt.files
    assert refused["status"] == "refused"
    assert "count twice" in refused["reason"]
    assert net_sales(loaded) == 407
    months.write_text(MONTHS.replace("2025年10月", "2025年8月"), encoding="utf-8")
    assert load(loaded, months).receipt.publishable
    assert net_sales(loaded) == 467
    days = tmp_path / "days.csv"
    days.write_text("shipped_on,dealer_id,sku,qty,net_value\n2025-08-05,D1,A1,3,60\n", encoding="utf-8")
    assert load(loaded, days).receipt.files[0]["status"] == "refused"
    days.write_text("shipped_on,dealer_id,sku,qty,net_value\n2025-08-05,D2,A1,3,60\n", encoding="utf-8")
    assert load(loaded, days).receipt.publishable


def test_the_receipt_counts_rejected_rows_by_reason_with_their_lines(home: Home, tmp_path: Path) -> None:
    spoilt = SALES + "".join(f"2025-10-25,D1,NO{n},1,5,2,I9,{n}\n" for n in range(12)) + "2025-10-26,D1,A1,many,5,2,I9,99\n"
    prepared = load(home, written(tmp_path / "files", sales=spoilt))
    reasons = by_file(prepared)["sales.csv"]["reject_reasons"]
    assert [(why["column"], why["rule"], why["rows"], why["lines"]) for why in reasons] == [
        ("sku", "reference", 12, list(range(7, 17))),
        ("qty", "type", 1, [19]),
    ]


def test_the_demo_company_is_known_by_its_files_wherever_it_is_served_from(loaded: Home, tmp_path: Path) -> None:
    assert not demo_mark.is_demo(loaded)
    demo_mark.mark(loaded, 1)
    copied = Home(shutil.copytree(loaded.path, tmp_path / "copied"))
    assert demo_mark.is_demo(copied)
    more = tmp_path / "more.csv"
    more.write_text(SALES.replace("2025-", "2024-").replace(",I", ",J"), encoding="utf-8")
    load(copied, more)
    assert not demo_mark.is_demo(copied), "files of one's own among them make it one's own"
