"""What the user says once for a load of several files counts for the files that have the heading or lack the column."""

from pathlib import Path

import pytest

from engine.answers import loading
from engine.errors import NotPublished
from engine.messages import Message
from engine.store import build
from engine.store.home import Home
from engine.store.intake.reading import Options
from engine.store.warehouse import open_warehouse
from tests.store.small_company import FILES, PRODUCTS, SALES, written

STOCK = "location_id,item_id,on_hand_qty\nP1,A1,40\nP1,A2,20\n"


def prepared(home: Home, folder: Path, **options) -> loading.Load:
    return loading.prepare(home, [folder], Options(**options))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "files", products=PRODUCTS.replace("sphere", "Betrieb"), stock=STOCK)


def test_a_mapping_and_a_value_count_for_the_files_that_have_a_use_for_them(tmp_path: Path, folder: Path) -> None:
    home = Home(tmp_path / "home")
    load = prepared(home, folder, map=(("Betrieb", "sphere"),), set=(("counted_on", "2025-03-31"),))
    loading.publish(home, load)
    assert set(open_warehouse(home).input_rows("products")["sphere"]) == {"Spirits", "Wine"}
    assert {str(day) for day in open_warehouse(home).input_rows("stock")["counted_on"]} == {"2025-03-31"}
    assert {str(day) for day in open_warehouse(home).input_rows("sales")["shipped_on"]} >= {"2025-09-03"}
    assert not [told for file in load.receipt.files if file["file"] == "sales.csv" for told in file["told"] if told["rule"] in ("given", "left_out")]
    build.rebuild(home)
    assert {str(day) for day in open_warehouse(home).input_rows("stock")["counted_on"]} == {"2025-03-31"}


def test_what_no_file_has_a_use_for_stops_the_load_and_names_the_files(tmp_path: Path, folder: Path) -> None:
    given = {"map": (("Betrieb", "sphere"),), "set": (("counted_on", "2025-03-31"),)}
    with pytest.raises(NotPublished, match=r"No file of this load has the heading “Betrag”.*products\.csv: sku.*sales\.csv: shipped_on"):
        prepared(Home(tmp_path / "home"), folder, **given | {"map": (*given["map"], ("Betrag", "net_value"))})
    with pytest.raises(NotPublished, match=r"“region” has a column “unit_cost”"):
        prepared(Home(tmp_path / "home"), folder, **given | {"map": (*given["map"], ("region", "unit_cost"))})
    with pytest.raises(NotPublished, match=r"lacks a column “shipped_on”.*sales\.csv"):
        prepared(Home(tmp_path / "home"), folder, **given | {"set": (*given["set"], ("shipped_on", "2025-03-31"))})


def test_a_file_that_is_refused_may_still_have_a_use_for_what_was_said(tmp_path: Path, folder: Path) -> None:
    (refused,) = prepared(Home(tmp_path / "home"), folder, set=(("counted_on", "2025-03-31"),)).receipt.refused
    assert (refused["file"], refused["table"]) == ("products.csv", "products")


def test_a_file_that_cannot_be_opened_is_told_from_one_that_leaves_something_open(tmp_path: Path, folder: Path) -> None:
    (folder / "empty.csv").write_text("")
    by_file = {file["file"]: file for file in prepared(Home(tmp_path / "home"), folder, set=(("counted_on", "2025-03-31"),)).receipt.files}
    assert (by_file["empty.csv"]["is_readable"], by_file["products.csv"]["is_readable"]) == (False, True)


def test_a_file_of_which_every_row_is_rejected_says_why_with_the_line(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    company = {name: text for name, text in FILES.items() if name in ("products.csv", "dealers.csv")}
    (tmp_path / "company").mkdir()
    for name, text in company.items():
        (tmp_path / "company" / name).write_text(text)
    loading.publish(home, prepared(home, tmp_path / "company"))
    (tmp_path / "sales").mkdir()
    rows = ['2025-09-03,D1,"A1,10,200,100,I1,1', "2025-09-04,D1,NO,1,2,1,I2,1", "2025-09-05,D1,NO,1,2,1,I3,1"]
    (tmp_path / "sales" / "sales.csv").write_text("\n".join([SALES.splitlines()[0], *rows]) + "\n")
    (refused,) = prepared(home, tmp_path / "sales").receipt.refused
    said = str(Message.from_json(refused["reason"]))
    assert "line 3: “NO” is unknown in products" in said
