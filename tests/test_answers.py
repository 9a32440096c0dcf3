"""The answers of the pages, on the small company of the KPI tests."""

from datetime import date, datetime

import pytest

from engine.answers import ANSWERS
from engine.errors import BadUse
from engine.kpis import BOOK
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published
from tests.test_kpis import AS_OF, TABLES, counted, sold

LAST_YEAR = [sold(date(2024, 10, 5), "D1", "A1", 5.0, 110.0, 50.0)]
EARLIER = [counted(date(2024, 10, 31), "P", "A1", 70.0, 8.0)]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    tables = TABLES | {"sales": [*TABLES["sales"], *LAST_YEAR], "stock": [*TABLES["stock"], *EARLIER]}
    return published(tmp_path_factory.mktemp("company") / "home", tables)


def answer(warehouse, name, where=None, scope=EVERYTHING, **selection):
    return ANSWERS[name](warehouse, Selection(where=tuple((where or {}).items()), **selection), scope)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_answer_describes_each_column_of_its_table(company, name):
    found = answer(company, name)
    assert [column.name for column in found.columns] == found.frame.columns
    assert found.version == 1
    assert str(found.headline)


def test_health_is_a_tree_with_the_largest_stock_first_in_each_branch(company):
    found = answer(company, "health").frame
    assert list(found.select("level", "name").iter_rows()) == [
        ("sphere", "S1"), ("product_group", "G1"), ("line_id", "L1"), ("sku", "Apple"), ("sku", "Pear"),
        ("sphere", "S2"), ("product_group", "G2"), ("line_id", "L2"), ("sku", "Plum"), ("sku", "Fig"),
    ]  # fmt: skip
    assert found["stock_value"].to_list() == [464, 464, 464, 464, 0, 23, 23, 23, 30, -7]


def test_health_compares_with_last_year_and_the_window_before(company):
    tiles = {tile.kpi: tile for tile in answer(company, "health").tiles}
    stock = tiles["stock_value"]
    assert (stock.value, stock.last_year, stock.previous) == (487, 560, 560)
    assert len(stock.series) == 13
    assert stock.series[-1] == (date(2025, 10, 1), 487)


def test_health_gives_the_frames_that_its_pictures_need(company):
    extra = answer(company, "health").extra
    assert extra["trend_net_sales"].columns == ["month", "actual", "last_year"]
    assert extra["trend_net_sales"].row(-1) == (date(2025, 10, 1), 470, 110)
    assert extra["scatter"]["key"].to_list() == ["L1", "L2"]
    assert extra["bullets"].columns == ["label", "key", "value", "last_year", "censored"]
    assert extra["locations"]["location_id"].to_list() == ["X", "P", "Q"]


def test_health_by_other_keys_has_one_row_for_each(company):
    assert answer(company, "health", by=("region",)).frame["region"].to_list() == ["North", "South"]


def test_an_item_is_shown_in_every_place_with_its_dealers_and_months(company):
    found = answer(company, "item", where={"sku": ("A1",)})
    assert found.frame.select("location_id", "stock_qty", "counted_on").rows() == [("X", 1000, AS_OF), ("P", 42, date(2025, 10, 30))]
    assert found.extra["dealers"].select("dealer_id", "qty").rows() == [("D1", 30)]
    assert found.extra["months"].height == 25
    assert found.facts["days_of_supply_units"] == pytest.approx(42 / 30 * 90)
    assert {tile.kpi: tile.value for tile in found.tiles}["stock_qty"] == 42


def test_without_a_choice_the_item_is_the_one_with_the_largest_stock(company):
    assert answer(company, "item").facts["sku"] == "A1"


def test_an_item_that_does_not_exist_is_refused(company):
    with pytest.raises(BadUse):
        answer(company, "item", where={"sku": ("nothing",)})


def test_start_says_the_largest_money_first_and_leads_to_pages(company):
    found = answer(company, "start")
    money = [alert.money for alert in found.alerts if alert.money is not None]
    assert money == sorted(money, reverse=True)
    said = {alert.page: str(alert.said) for alert in found.alerts}
    assert {"health", "item"} <= set(said)
    unsold = next(alert for alert in found.alerts if "did not sell" in str(alert.said))
    assert unsold.money == 30
    gone = next(alert for alert in found.alerts if "at risk" in str(alert.said))
    assert (gone.money, gone.address) == (pytest.approx(90 / 90 * 30), (("sku", "A2"),))
    negative = next(alert for alert in found.alerts if "below zero" in str(alert.said))
    assert (negative.money, negative.address) == (7, (("sku", "B2"),))


def test_start_within_a_scope_speaks_of_that_scope_alone(company):
    found = answer(company, "start", scope=Scope("south", regions=frozenset({"South"})))
    assert {tile.kpi: tile.value for tile in found.tiles}["stock_value"] == 23


def test_a_place_that_was_counted_too_long_ago_is_told(tmp_path):
    stock = [counted(date(2025, 5, 1), "P", "A1", 5.0, 10.0), counted(AS_OF, "Q", "B1", 5.0, 5.0)]
    warehouse = published(tmp_path / "home", TABLES | {"stock": stock})
    found = answer(warehouse, "quality")
    assert found.extra["stale"].select("location_id", "behind_days").rows() == [("P", 183)]
    assert any("too long ago" in str(alert.said) for alert in answer(warehouse, "start").alerts)
    assert any("carried forward" in str(note) for note in answer(warehouse, "kpi").notes)


def test_quality_counts_rows_and_rejects_by_table_and_reason(tmp_path):
    source = {
        "source_id": 1, "table_name": "sales", "file": "sales.csv", "loaded_at": datetime(2025, 11, 1, 9), "read": 10, "loaded": 8, "rejected": 2,
        "set_aside": 0, "repaired": 1, "replaced": 0, "first_day": date(2025, 1, 1), "last_day": date(2025, 8, 31),
    }  # fmt: skip
    reject = {
        "source_id": 1, "table_name": "sales", "file": "sales.csv", "column_name": "qty", "value": "ten", "rule": "type", "reason": "[]",
    }  # fmt: skip
    warehouse = published(tmp_path / "home", TABLES, loads={"sources": [source], "rejects": [reject | {"line": 4}, reject | {"line": 7}]})
    found = answer(warehouse, "quality")
    assert str(found.headline) == "2 rows could not be loaded."
    row = found.frame.row(0, named=True)
    assert (row["table_name"], row["row_count"], row["rejected_count"], row["behind_days"], row["is_stale"]) == ("sales", 8, 2, 61, True)
    assert found.extra["rejects"].select("rule", "row_count").rows() == [("type", 2)]
    assert answer(warehouse, "rejects").frame["line"].to_list() == [4, 7]


def test_prices_and_plans_are_never_late_and_a_month_reaches_to_its_end(tmp_path):
    counts = {"read": 1, "loaded": 1, "rejected": 0, "set_aside": 0, "repaired": 0, "replaced": 0}
    last_days = {"sales": AS_OF, "price_changes": date(2024, 1, 1), "credit_terms": date(2024, 1, 1), "cash": date(2025, 9, 1), "payments": date(2025, 6, 1)}
    loads = [
        {"source_id": number, "table_name": table, "file": f"{table}.csv", "loaded_at": datetime(2025, 11, 1, 9), "first_day": last, "last_day": last} | counts
        for number, (table, last) in enumerate(last_days.items(), start=1)
    ]
    rows = answer(published(tmp_path / "home", TABLES, loads={"sources": loads}), "quality").frame
    behind = {table: (days, late) for table, days, late in rows.select("table_name", "behind_days", "is_stale").rows()}
    assert behind == {"sales": (0, False), "price_changes": (None, False), "credit_terms": (None, False), "cash": (31, False), "payments": (152, True)}


def test_negative_balances_are_an_audit_that_tells(company):
    found = answer(company, "quality").extra["audits"]
    assert dict(found.select("name", "audit_severity").iter_rows())["negative_balances"] == "tell"


def test_the_glossary_holds_every_kpi_in_words(company):
    found = answer(company, "glossary").frame
    assert found["kpi"].to_list() == list(BOOK)
    assert all(str(Message.from_json(kept)) for column in ("label", "definition", "formula") for kept in found[column])
