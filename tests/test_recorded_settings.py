"""Settings as records: what is in force on which day, what is refused, and that every answer follows at once."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.answers import kpis, people, records, served, settings
from engine.answers.source import remembered
from engine.errors import BadUse, NotKept
from engine.language import LANGUAGES, say
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.settings import BOOK
from engine.store.home import Home
from engine.store.in_force import settings_on
from engine.thresholds.refusing import why_not
from engine.thresholds.setting import headings_of
from tests.small_warehouse import published

ANNA, DAY = Scope(who="Anna"), date(2026, 3, 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def set_on(home: Home, value: Any, day: date, name: str = "window_days") -> None:
    settings.change(str(home.path), name, value, day, ANNA, 3)


def test_the_newest_record_whose_day_has_come_overrules_the_file_and_the_file_the_default(home: Home) -> None:
    assert settings_on(home, DAY)["window_days"] == 90
    home.path.mkdir()
    (home.path / "settings.json").write_text(json.dumps({"window_days": 60, "stale_stock_days": 20}), encoding="utf-8")
    assert settings_on(home, DAY)["window_days"] == 60
    set_on(home, 30, DAY)
    assert [settings_on(home, day)["window_days"] for day in (DAY - timedelta(1), DAY, DAY + timedelta(400))] == [60, 30, 30]
    assert settings_on(home, DAY)["stale_stock_days"] == 20
    assert home.own_settings()["window_days"] == 60


def test_a_correction_of_the_past_leaves_what_was_set_for_later_days(home: Home) -> None:
    set_on(home, 30, date(2026, 6, 1))
    set_on(home, 45, date(2026, 1, 1))
    assert [settings_on(home, day)["window_days"] for day in (date(2025, 12, 31), DAY, date(2026, 6, 1))] == [90, 45, 30]
    set_on(home, 31, date(2026, 6, 1))
    assert settings_on(home, date(2026, 6, 1))["window_days"] == 31


def test_a_setting_can_be_given_back_to_its_default_from_a_day_on(home: Home) -> None:
    set_on(home, 30, date(2026, 1, 1))
    settings.give_back(str(home.path), "window_days", DAY, ANNA, 3)
    assert [settings_on(home, day)["window_days"] for day in (date(2026, 2, 28), DAY)] == [30, 90]


def test_a_table_comes_back_as_it_was_kept(home: Home) -> None:
    ladder = ((0, 0.0), (100, 0.5), (200, 1.0))
    set_on(home, ladder, DAY, "reserve_by_age")
    assert settings_on(home, DAY)["reserve_by_age"] == ladder


def test_a_record_of_a_setting_that_is_gone_or_of_another_kind_counts_for_nothing_and_stays_in_the_history(home: Home) -> None:
    records.record(home, "setting", "no_longer_there", {"value": 1, "valid_from": "2026-01-01"}, "Anna", None)
    records.record(home, "setting", "window_days", {"value": "thirty", "valid_from": "2026-01-01"}, "Anna", None)
    assert settings_on(home, DAY)["window_days"] == 90
    (kept,) = settings.changes(str(home.path), "window_days")
    assert (kept.value, kept.is_readable, kept.record.who) == ("thirty", False, "Anna")


def test_the_sheet_says_since_when_by_whom_and_what_is_to_come(home: Home) -> None:
    set_on(home, 30, DAY)
    set_on(home, 20, date(2027, 1, 1))
    line = next(line for line in settings.lines(str(home.path), "house", DAY) if line.setting.name == "window_days")
    assert (line.value, line.origin, line.since, line.who, line.ahead) == (30, "recorded", DAY, "Anna", 1)
    assert [change.value for change in settings.changes(str(home.path), "window_days")] == [20, 30]


WRONG = (
    ("window_days", 0, "least"), ("window_days", -3, "least"), ("window_days", 30.5, "whole numbers"), ("window_days", float("inf"), "number"),
    ("kpi_move_share", 30.0, "between 0 and 1"), ("rule_zero_price", "shout", "none of the choices"), ("currency", "euro", "three capital letters"),
    ("language", "de", "none of the choices"), ("supply_band_low_days", 70, "upper end"), ("supply_band_high_days", 10, "lower end"),
    ("reserve_by_age", (), "at least one row"), ("reserve_by_age", ((0, 0.1), (0, 0.2)), "of its own"), ("reserve_by_age", ((9, 0.1), (0, 0.2)), "rise"),
    ("reserve_by_age", ((0, 25.0),), "between 0 and 1"), ("reserve_by_age", ((-1, 0.1),), "least"),
    ("scorecard_bands", (("A", 50.0), ("B", 70.0)), "fall"), ("scorecard_bands", (("", 50.0),), "empty"),
    ("class_norms", (("A", "own", "thirty", None),), "does not fit"), ("class_norms", (("A", "own", 30, 60), ("A", "own", 20, 60)), "of its own"),
    ("class_norms", (("A", "own", -1, None),), "least"), ("register_form", (("codes", 3, None, None, None),), "does not fit"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_a_value_that_makes_no_sense_is_refused_with_a_sentence(home: Home, name: str, value: Any, said: str) -> None:
    with pytest.raises(BadUse, match=said):
        set_on(home, value, DAY, name)
    assert settings.changes(str(home.path), name) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("class_norms", (("A", "own", 30, None), ("A", "third_party", None, 45.5))), ("register_form", (("codes", "at once", None, None, None),))],
)
def test_a_table_that_the_policy_leaves_empty_is_filled_cell_by_cell(home: Home, name: str, value: Any) -> None:
    set_on(home, value, DAY, name)
    assert settings.changes(str(home.path), name)[0].value == value


def test_weights_that_do_not_add_up_to_100_are_refused(home: Home) -> None:
    measures = [list(row) for row in BOOK["scorecard_measures"].default]
    measures[0][2] += 1
    with pytest.raises(BadUse, match=r"add up to 101\.0"):
        set_on(home, measures, DAY, "scorecard_measures")


@pytest.mark.parametrize(("name", "value"), [("window_days", "30"), ("no_such", 1), ("reserve_by_age", ((0,),))])
def test_a_value_of_the_wrong_kind_is_refused(home: Home, name: str, value: Any) -> None:
    with pytest.raises(BadUse):
        set_on(home, value, DAY, name)


@pytest.mark.parametrize("name", BOOK)
def test_every_default_would_be_taken_and_every_table_has_a_heading_a_column(name: str) -> None:
    setting = BOOK[name]
    assert why_not(setting, setting.default, {other: BOOK[other].default for other in BOOK}) is None
    if isinstance(setting.default, tuple):
        for language in LANGUAGES:
            assert len(headings_of(say(Message(setting.unit), language))) == len(setting.default[0]), language


def test_whoever_did_not_see_the_last_change_is_told_of_it(home: Home) -> None:
    set_on(home, 30, DAY)
    seen = settings.changes(str(home.path), "window_days")[0].record.id
    set_on(home, 40, DAY)
    with pytest.raises(NotKept, match="Anna changed this"):
        settings.change(str(home.path), "window_days", 50, DAY, Scope(who="Boris"), 3, seen)


def test_an_answer_follows_a_setting_from_the_moment_on_in_which_it_is_kept(home: Home) -> None:
    day = date(2025, 10, 31)
    sales = [
        {"shipped_on": day - timedelta(back), "dealer_id": "D", "sku": "A", "qty": 1.0, "net_value": 10.0, "cost_value": 5.0, "invoice_id": str(back)}
        for back in range(0, 90, 10)
    ]
    company = {
        "products": [{"sku": "A", "product_name": "A", "unit_cost": 5.0, "unit": "pcs"}],
        "sales": sales,
        "dealers": [{"dealer_id": "D", "dealer_name": "D"}],
    }
    warehouse, before = published(home.path, company), served.stamp(str(home.path))
    assert kpis.kpi(warehouse, ("net_sales",), Selection(), EVERYTHING).frame["net_sales"].to_list() == [90.0]
    set_on(home, 30, date.today())
    assert kpis.kpi(warehouse, ("net_sales",), Selection(), EVERYTHING).frame["net_sales"].to_list() == [30.0]
    assert served.stamp(str(home.path)) != before


def test_an_answer_that_reads_records_is_made_anew_when_one_of_its_kind_is_kept_and_only_then(home: Home) -> None:
    warehouse, asked = published(home.path), []

    @remembered
    def inner(source: Any, scope: Scope, number: int) -> list[str]:
        asked.append("inner")
        return [record.subject for record in records.newest(source.home, "action")]

    @remembered
    def outer(source: Any, scope: Scope, number: int) -> int:
        asked.append("outer")
        return len(inner(warehouse, scope, number))

    assert (outer(warehouse, EVERYTHING, 1), outer(warehouse, EVERYTHING, 1), asked) == (0, 0, ["outer", "inner"])
    records.record(home, "action", "call D", {}, "Anna", 1)
    assert (outer(warehouse, EVERYTHING, 1), outer(warehouse, EVERYTHING, 1), inner(warehouse, EVERYTHING, 1)) == (1, 1, ["call D"])
    assert asked == ["outer", "inner"] * 2
    records.record(home, "person", "p1", {"name": "Anna"}, "Anna", 1)
    assert (outer(warehouse, EVERYTHING, 1), asked) == (1, ["outer", "inner"] * 2)


def test_records_that_cannot_be_read_are_told_and_not_passed_over(home: Home) -> None:
    set_on(home, 30, DAY)
    from engine.store.records import opening

    opening.let_go()
    for beside in home.records.glob("records.db-*"):
        beside.unlink()
    home.records_file.write_bytes(b"no database" * 1000)
    with pytest.raises(NotKept, match="damaged"):
        home.settings()


def test_people_are_on_the_list_once_and_keep_their_names_when_they_leave(home: Home) -> None:
    path = str(home.path)
    first = people.add(path, "  王   芳 ", EVERYTHING)
    second = people.add(path, "Boris", Scope(who="王 芳"))
    assert people.people(path) == {first: "王 芳", second: "Boris"}
    for wrong in ("boris", " ", "x" * 61):
        with pytest.raises(BadUse):
            people.add(path, wrong, EVERYTHING)
    people.take_off(path, first, Scope(who="Boris"))
    assert people.people(path) == {second: "Boris"}
    assert people.add(path, "Clara", Scope(who="Boris")) not in (first, second)
    assert [record.who for record in records.history(path, "person")] == ["王 芳", "王 芳", "Boris", "Boris"]
