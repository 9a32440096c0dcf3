"""The frame: what was chosen stands in the address, in no language, and every page is reached through the door."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from engine.store.home import PROJECT, Home
from pages.parts import rooms
from tests.pages.conftest import opened

HEALTH = "pages/inventory/health.py"


@pytest.fixture(autouse=True)
def at_the_company(company_home: Home, at_home: Callable[[Home], None]) -> None:
    at_home(company_home)


def chosen(at: AppTest) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value := at.query_params[name], str) else list(value) for name in at.query_params}


def selection_of(at: AppTest):
    return at.session_state["gr-view"].selection


def test_a_page_is_never_run_without_the_door() -> None:
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
    at.switch_page(HEALTH)
    at.run()
    assert not at.exception
    assert at.session_state["gr-view"].page == "health"


def test_the_door_is_closed_behind_each_page() -> None:
    assert opened(HEALTH).session_state["gr-inside"] is False


def test_every_page_of_the_rooms_exists_and_bears_its_own_address() -> None:
    names = [page.name for page in rooms.pages()]
    assert len(names) == len(set(names))
    assert all((PROJECT / page.file).is_file() for page in rooms.pages())


def test_the_address_sets_period_comparison_goods_and_places() -> None:
    at = opened(HEALTH, as_of="2025-09-30", period="year", compare="previous", sphere="果酒", location_id="32")
    selection = selection_of(at)
    assert (selection.first.isoformat(), selection.last.isoformat()) == ("2025-01-01", "2025-09-30")
    assert selection.compare == "previous"
    assert selection.where == (("sphere", ("果酒",)), ("location_id", ("32",)))


def test_a_changed_chip_is_written_into_the_address_as_a_code() -> None:
    at = opened(HEALTH, language="zh")
    at.radio(key="gr-period").set_value("12m").run()
    assert chosen(at)["period"] == ["12m"]
    at.multiselect(key="gr-sphere").set_value(["白酒"]).run()
    assert chosen(at)["sphere"] == ["白酒"]
    assert selection_of(at).where == (("sphere", ("白酒",)),)
    at.multiselect(key="gr-sphere").set_value([]).run()
    assert "sphere" not in chosen(at)


def test_the_default_leaves_the_address_clean() -> None:
    at = opened(HEALTH, period="12m")
    at.radio(key="gr-period").set_value("window").run()
    assert "period" not in chosen(at)


def test_another_language_keeps_everything_that_was_chosen() -> None:
    at = opened(HEALTH, period="30d", line_id="103")
    before = selection_of(at)
    at.radio(key="gr-language").set_value("ru").run()
    assert not at.exception
    assert chosen(at)["language"] == ["ru"]
    assert selection_of(at) == before
    assert at.session_state["gr-view"].language == "ru"


def test_what_the_data_do_not_know_is_passed_over() -> None:
    at = opened(HEALTH, period="for ever", compare="me", sphere="no such", as_of="2025-02-30", language="xx", item_kind="gold")
    selection = selection_of(at)
    assert (selection.as_of, selection.first, selection.where, selection.compare) == (None, None, (), "last_year")


def test_goods_are_offered_below_what_was_chosen_above_them() -> None:
    at = opened(HEALTH, sphere="白酒")
    assert set(at.multiselect(key="gr-product_group").options) == {"浓香", "清香"}
    assert len(at.multiselect(key="gr-sku").options) == 8


def test_links_to_other_pages_carry_what_was_chosen() -> None:
    at = opened(HEALTH, period="30d", region=["北区", "南区"])
    links = [each.proto for each in at.get("page_link")]
    assert links
    assert all("period=30d" in link.query_string for link in links)
    assert all(link.query_string.count("region=") == 2 for link in links)


def test_the_item_page_looks_at_one_item() -> None:
    at = opened("pages/inventory/item.py", sku="10007")
    assert selection_of(at).where == (("sku", ("10007",)),)
    at.selectbox(key="gr-item").set_value("10003").run()
    assert selection_of(at).where == (("sku", ("10003",)),)


def test_a_closed_chip_costs_nothing() -> None:
    at = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
    at.switch_page(HEALTH)
    at.run()
    assert not at.multiselect
    assert not at.radio


def said(at: AppTest) -> str:
    return " ".join(each.proto.body for each in at.get("html"))


@pytest.mark.parametrize("given", ["31.10.2025", "-5", "2025-02-30"])
@pytest.mark.parametrize("name", ["as_of", "first", "last"])
def test_a_day_of_the_link_that_cannot_be_read_is_announced(name: str, given: str) -> None:
    at = opened(HEALTH, **{"period": "own", name: given})
    assert f"cannot be read and were left out: {given}." in said(at)
    assert "cannot be read" not in said(opened(HEALTH, as_of="2025-09-30"))


def test_a_period_of_the_link_that_ends_before_it_begins_is_announced() -> None:
    assert "lies after its last day" in said(opened(HEALTH, period="own", first="2025-09-30", last="2025-09-01"))
    assert "lies after its last day" not in said(opened(HEALTH, period="own", first="2025-09-01", last="2025-09-30"))


def test_a_link_to_an_unknown_product_says_so_and_shows_no_other() -> None:
    at = opened("pages/inventory/item.py", sku="NOPE")
    assert "There is no product “NOPE”" in said(at)
    assert not at.metric
    picker = at.selectbox(key="gr-item")
    assert picker.value is None
    picker.set_value(picker.options[0] if picker.options[0] in picker.options else None)
    known = opened("pages/inventory/item.py")
    assert "There is no product" not in said(known)


def test_a_link_to_an_unknown_place_says_that_it_was_left_out() -> None:
    at = opened(HEALTH, location_id="NOPE")
    assert "do not know NOPE" in said(at)
    assert selection_of(at).where == ()
    assert "do not know" not in said(opened(HEALTH))
