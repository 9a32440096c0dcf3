"""The pages on dead stock, ageing, purpose and the cost of holding: what a click shows, what an address asks, what is missing."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.answers import loading
from engine.store.home import Home
from pages.parts import rooms
from tests.pages.company import written
from tests.pages.conftest import opened

DEAD, AGEING, PURPOSE, HOLDING = (f"pages/inventory/{name}.py" for name in ("dead_stock", "ageing", "purpose", "holding"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The company of the page tests, with materials, recipes and damaged glass beside it."""
    folder = tmp_path_factory.mktemp("stock pages")
    files = written(folder / "files")
    (files / "materials.csv").write_text("material_id,material_name,unit_cost\n901,玻璃瓶,2\n902,瓶盖,1\n", encoding="utf-8")
    (files / "recipes.csv").write_text("sku,material_id,qty_per\n10000,901,1\n10000,902,1\n", encoding="utf-8")
    stock = (files / "stock.csv").read_text(encoding="utf-8").splitlines()
    lots = [f"{row},,good" for row in stock[1:]] + ["2025-10-31,31,901,40,2,瓶-1,damaged", "2025-10-31,31,901,90,2,瓶-2,good"]
    (files / "stock.csv").write_text("\n".join([f"{stock[0]},batch_id,condition", *lots]) + "\n", encoding="utf-8")
    home = Home(folder / "home")
    prepared = loading.prepare(home, [files])
    assert prepared.receipt.publishable, prepared.receipt.why_not()
    loading.publish(home, prepared)
    return home


@pytest.fixture(autouse=True)
def here(home: Home, at_home: Callable[[Home], None]) -> None:
    at_home(home)


def shown(at) -> str:
    return " ".join(getattr(each.proto, "body", "") for each in at.get("html"))


def test_dead_stock_lists_classes_causes_and_items() -> None:
    rows = opened(DEAD).dataframe[0].value
    assert set(rows["class"]) == {"Damaged materials", "Materials that make no set", "Products that do not sell"}
    assert set(rows["cause"]) == {"damaged", "another material is lacking", "not sold"}
    assert {"901", "10014", "10015"} <= set(rows["item_id"])


@pytest.mark.parametrize(("by", "head"), [("cause", "cause"), ("idle", "label"), ("who", "label")])
def test_dead_stock_may_be_grouped(by: str, head: str) -> None:
    rows = opened(DEAD, by=by).dataframe[0].value
    assert head in rows.columns
    assert len(rows) >= 1


def test_the_time_without_a_sale_is_part_of_the_address() -> None:
    assert len(opened(DEAD, unsold="120").dataframe[0].value) < len(opened(DEAD).dataframe[0].value)
    assert len(opened(DEAD, unsold="nonsense").dataframe[0].value) == len(opened(DEAD).dataframe[0].value)


def test_a_click_on_an_item_shows_its_batches_and_the_way_to_clearance(monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.parts import tables

    rows = tables.rows

    def clicked(view, frame, columns, *, key, **more):
        rows(view, frame, columns, key=key, **more)
        return frame.filter(item_id="901").row(0, named=True) if key == "dead" else None

    monkeypatch.setattr(tables, "rows", clicked)
    at = opened(DEAD)
    assert "瓶-" in " ".join(str(value) for value in at.dataframe[-1].value["batch_id"])
    targets = {each.proto.page for each in at.get("page_link")}
    assert {"clearance", "item"} <= targets


@pytest.mark.parametrize("page", [DEAD, AGEING, PURPOSE, HOLDING])
def test_each_page_opens_with_its_figures_and_one_picture(page: str) -> None:
    at = opened(page)
    assert not at.error
    assert 4 <= len(at.metric) <= 6
    assert len(at.get("plotly_chart")) == 1
    assert at.get("plotly_chart")[0].proto.alt


def test_ageing_says_that_the_age_is_unknown_where_no_receipt_is_on_record() -> None:
    at = opened(AGEING)
    assert "unknown age" in at.get("plotly_chart")[0].proto.spec
    assert "Nobody knows how old" in shown(at)


def test_an_earlier_day_may_be_chosen_on_every_page() -> None:
    for page in (DEAD, AGEING, PURPOSE, HOLDING):
        assert not opened(page, as_of=date(2024, 6, 30).isoformat()).exception


def test_holding_names_dealers_that_have_not_reported() -> None:
    assert set(opened(HOLDING).dataframe[-1].value["why_unknown"]) == {"The dealer has not reported any stock."}


def test_the_pages_stand_in_the_room_of_the_inventory() -> None:
    names = [page.name for room in rooms.ROOMS for page in room.pages if str(room.title) == "Inventory"]
    assert {"dead_stock", "ageing", "purpose", "holding"} <= set(names)
