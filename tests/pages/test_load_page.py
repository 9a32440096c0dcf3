"""The loading desk without a browser: questions as choices, the receipt, replacement, the ledger, the way back."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from engine.errors import BadUse
from engine.store import versions
from engine.store.home import Home
from engine.store.intake import profiles
from engine.store.uploads import adopt_profile
from engine.store.warehouse import open_warehouse
from pages.parts.loading.questions import typed
from tests.pages.conftest import opened
from tests.store import small_company
from tests.store.small_company import PRODUCTS, SALES, STOCK, written

LOAD = "pages/warehouse/load.py"
AMBIGUOUS = (
    SALES.replace("2025-09-03", "03/09/2025").replace("2025-10-02", "02/10/2025").replace("2025-10-20", "05/10/2025").replace("2025-10-21", "06/10/2025")
)


@pytest.fixture
def home(tmp_path: Path, at_home: Callable[[Home], None]) -> Home:
    found = Home(tmp_path / "home")
    at_home(found)
    return found


@pytest.fixture
def served(home: Home, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Home:
    """The home, with the company in it, and its files in `files`."""
    assert small_company.served(tmp_path_factory, tmp_path) == home
    return home


def look_at(folder: Path, at: AppTest | None = None) -> AppTest:
    at = at or opened(LOAD)
    at.text_input[0].set_value(str(folder)).run()
    at.button(key="look").click().run()
    assert not at.exception
    return at


def keys_of(at: AppTest) -> set[str]:
    return {str(button.key) for button in at.button}


def asked_of(at: AppTest, option: str) -> Radio:
    return next(radio for radio in at.radio if str(radio.key).startswith("ask-") and str(radio.key).endswith(f"-{option}"))


def said(at: AppTest) -> str:
    return " ".join(each.proto.body for each in at.get("html"))


def published(home: Home, folder: Path) -> AppTest:
    at = look_at(folder)
    at.button(key="publish").click().run()
    assert not at.exception
    return at


def test_a_folder_is_looked_at_and_nothing_is_published_before_the_button(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files"))
    assert versions.current(home) is None
    table = at.dataframe[0].value
    assert table["loaded"].sum() == 3 + 2 + 5 + 5
    assert "New products: 3" in said(at)
    at.button(key="publish").click().run()
    assert versions.current(home) == 1
    assert "Version 1 is served" in at.success[0].value.replace("\\", "")
    assert "Health" in said(at)


def test_what_is_thrown_away_leaves_nothing_behind(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files"))
    at.button(key="discard").click().run()
    assert versions.current(home) is None
    assert not list(home.work.glob("build-*"))
    assert "look" in keys_of(at)


def test_an_ambiguous_date_is_asked_as_a_choice_and_the_answer_is_used(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files", sales=AMBIGUOUS))
    assert "publish" not in keys_of(at)
    question = next(radio for radio in at.radio if "dmy" in radio.proto.options or "day, month, year" in radio.proto.options)
    question.set_value("dmy").run()
    assert not at.exception
    at.button(key="publish").click().run()
    days = open_warehouse(home).input_rows("sales")["shipped_on"]
    assert (str(days.min()), str(days.max())) == ("2025-09-03", "2025-10-06")


def test_a_missing_column_offers_the_nearest_heading(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files", products=PRODUCTS.replace("product_name", "name of it")))
    assert "publish" not in keys_of(at)
    next(button for button in at.button if button.label == "Look again").click().run()
    assert not at.exception
    at.button(key="publish").click().run()
    assert open_warehouse(home).input_rows("products")["product_name"].to_list()[0] == "Apple brandy"


def test_several_missing_columns_are_settled_in_one_form(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files", products=PRODUCTS.replace("product_name", "name of it").replace("unit_cost", "costs of it")))
    assert "lacks 2 columns" in said(at)
    (again,) = [button for button in at.button if button.label == "Look again"]
    again.click().run()
    assert not at.exception
    at.button(key="publish").click().run()
    products = open_warehouse(home).input_rows("products")
    assert (products["product_name"][0], products["unit_cost"][0]) == ("Apple brandy", 10)


def test_what_the_figures_below_months_are_is_asked_beside_whether_they_become_rows(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "file.csv").write_text("dealer_id,sku,2025-01,2025-02,2025-03\nD1,A1,1,2,3\nD2,A2,4,5,6\n", encoding="utf-8")
    at = look_at(folder)
    asked_of(at, "months")
    (figures,) = [box for box in at.selectbox if str(box.key).endswith("-2025-01")]
    assert figures.options == ["Quantity", "Net sales"]


def test_a_file_that_cannot_be_read_offers_nothing_to_settle(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "sales.csv").write_text(SALES, encoding="utf-8")
    at = opened(LOAD)
    before = len(at.get("popover"))
    look_at(folder, at)
    assert "export it again" in said(at)
    assert len(at.get("popover")) == before + 1, "only the file that can be read has one"


def test_rejected_rows_are_read_on_the_receipt_with_line_and_reason(home: Home, tmp_path: Path) -> None:
    at = look_at(written(tmp_path / "files", sales=SALES + "2025-10-25,D1,NO,1,5,2,I9,1\n2025-10-26,D1,A1,many,5,2,I9,2\n"))
    shown = next(table.value for table in at.dataframe if {"reason", "line"} <= set(table.value))
    assert shown["line"].to_list() == [7, 8]
    assert shown["file"].to_list() == ["sales.csv", "sales.csv"]
    assert versions.current(home) is None


def test_the_same_files_again_change_nothing(served: Home, tmp_path: Path) -> None:
    at = look_at(tmp_path / "files")
    assert "Every file is already loaded" in said(at)
    assert "publish" not in keys_of(at)


def test_a_correction_replaces_the_earlier_rows_once_that_is_confirmed(served: Home, tmp_path: Path) -> None:
    corrected = tmp_path / "corrected"
    corrected.mkdir()
    (corrected / "sales.csv").write_text(SALES.replace(",10,200,100,", ",10,250,100,"), encoding="utf-8")
    at = look_at(corrected)
    assert "publish" not in keys_of(at)
    next(button for button in at.button if str(button.key).startswith("replace-")).click().run()
    at.button(key="publish").click().run()
    assert open_warehouse(served).input_rows("sales")["net_value"].sum() == 407 + 50


def test_the_last_load_is_undone_from_the_page(served: Home, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "stock.csv").write_text(STOCK.replace("2025-09-30", "2025-07-31").replace("2025-10-31", "2025-08-31"), encoding="utf-8")
    published(served, more)
    assert versions.current(served) == 2
    at = opened(LOAD)
    at.button(key="undo").click().run()
    assert versions.current(served) == 1
    assert "taken back" in at.success[0].value


def test_a_total_of_the_ledger_stands_in_the_foot_with_its_difference(served: Home, tmp_path: Path) -> None:
    from engine.answers import desk

    desk.enter_total("net_sales", date(2025, 10, 1), 200.0, "me")
    foot = said(opened("pages/overview/start.py"))
    assert "Ledger: Net sales, Oct\u00a02025: ¥200.00; ours ¥171.00, difference −¥29.00." in foot


def test_a_folder_that_does_not_exist_is_one_sentence(home: Home, tmp_path: Path) -> None:
    at = look_at(tmp_path / "nowhere")
    assert len(at.error) == 1
    assert "nowhere" in at.error[0].value


def test_data_of_another_version_of_the_program_are_built_anew_by_one_button(served: Home, tmp_path: Path) -> None:
    manifest = served.warehouse / "1.json"
    described = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(described | {"schema": "another"}), encoding="utf-8")
    at = opened("pages/inventory/health.py")
    assert not at.metric
    at.button(key="rebuild").click().run()
    assert not at.exception
    assert not at.error, at.error[0].value
    assert versions.current(served) == 2
    assert at.metric


def test_a_mapping_is_saved_as_a_file_and_taken_over_elsewhere(served: Home, tmp_path: Path) -> None:
    from engine.answers import desk

    name, (table, headings) = next((name, about) for name, about in desk.saved_profiles().items() if about[0] == "sales")
    content = desk.profile_file(name)
    elsewhere = Home(tmp_path / "elsewhere")
    assert adopt_profile(elsewhere, "sales-mapping.json", content) == name
    assert [(str(kept["table"]), tuple(kept["headings"])) for kept in profiles.saved(elsewhere.profiles)] == [(table, headings)]
    assert b"D1" not in content


@pytest.mark.parametrize("content", [b"", b"[1]", b"{}", b'{"headings": 3}', b"\xff\xfe", b'{"name": "x", "headings": ["a"], "map": [1]}'])
def test_what_is_no_mapping_is_refused_in_a_sentence(home: Home, content: bytes) -> None:
    with pytest.raises(BadUse, match="no saved mapping"):
        adopt_profile(home, "x.json", content)


@pytest.mark.parametrize(
    ("option", "choice", "value"),
    [("months", "yes", True), ("months", "no", False), ("header_row", "3", 3), ("separator", "tab", "\t"), ("dates", "dmy", "dmy"), ("decimal", ",", ",")],
)
def test_a_choice_becomes_what_the_option_takes(option: str, choice: str, value: object) -> None:
    assert typed(option, choice) == value


def test_a_load_of_nothing_but_rejected_rows_says_why_and_in_which_lines(served: Home, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "sales.csv").write_text(SALES.splitlines()[0] + "\n2025-10-25,D1,NO,1,5,2,I9,1\n2025-10-26,D1,A1,many,5,2,I9,2\n", encoding="utf-8")
    at = look_at(bad)
    assert "publish" not in keys_of(at)
    reasons = next(table.value for table in at.dataframe if "lines" in table.value)
    assert sorted(reasons["lines"]) == ["2", "3"]
    rows = next(table.value for table in at.dataframe if "line" in table.value)
    assert sorted(rows["line"]) == [2, 3]


def test_several_questions_of_a_file_stand_on_the_page_at_once(home: Home, tmp_path: Path) -> None:
    messy = AMBIGUOUS.replace(",10,200,100,", ',10,"1,200",100,').replace(",4,36,", ',4,"2,036",')
    lines = [line if place in (0, 1, 2) else None for place, line in enumerate(messy.splitlines())]
    at = look_at(written(tmp_path / "files", sales="\n".join(line for line in lines if line) + "\n"))
    assert {str(radio.key).rpartition("-")[2] for radio in at.radio if str(radio.key).startswith("ask-")} == {"dates", "decimal"}
    asked_of(at, "dates").set_value("dmy").run()
    assert not at.exception
    asked_of(at, "decimal").set_value(".").run()
    assert not at.exception
    assert "publish" in keys_of(at)


NAMELESS = "仓库,商品编码,数量\nP1,A1,4\n"


def test_tables_and_columns_are_called_by_their_names_in_the_language_of_the_reader(home: Home, tmp_path: Path) -> None:
    files = written(tmp_path / "files", products=PRODUCTS.replace("sphere", "x1"), sales=SALES + "2025-10-25,D1,NO,1,5,2,I9,1\n")
    at = look_at(files, opened(LOAD, "zh"))
    assert "业务板块" in said(at)
    assert "Сфера" not in said(at)
    assert "“业务板块” (sphere)" in said(at)
    assert "products" not in said(at).replace("products.csv", "")


def test_a_value_for_every_row_is_asked_for_by_the_name_of_its_column_and_the_readers_day(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    folder.mkdir()
    (folder / "库存 2025-03-31.csv").write_text(NAMELESS, encoding="utf-8")
    at = look_at(folder, opened(LOAD, "zh"))
    (shown,) = asked_of(at, "set").proto.options
    assert {"库存日期", "2025年3月31日"} <= set(re.split(r"\\?[:：]\s*", shown))
    asked_of(at, "set").set_value("counted_on=2025-03-31").run()
    assert not at.exception
    assert "“库存日期”" not in said(at)


def test_rejected_rows_are_read_whole_where_nothing_can_be_published(home: Home, tmp_path: Path) -> None:
    wrong = "2025-10-25,D1,NO,1,5,2,I9,1"
    at = look_at(written(tmp_path / "files", sales=SALES + wrong + "\n", stock=STOCK.replace("counted_on", "x1")))
    assert "publish" not in keys_of(at)
    shown = next(table.value for table in at.dataframe if {"reason", "line"} <= set(table.value))
    assert shown["row_text"].to_list() == [wrong.replace(",", " | ")]
