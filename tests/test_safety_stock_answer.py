"""Safety stock as it is answered: both aims from files, what the deviation is of, and why nothing can be said of some rows."""

import json
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from engine import safety_stock as formulas
from engine.answers import ANSWERS, safety_said
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.small_warehouse import published

MONTHS = [date(2024 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(11, 23)]
SWING = 100 * np.sqrt(11 / 12)
"""Twelve months of 500 ± this have a sample deviation of 100."""
SETTINGS = {"lead_time_deviation_share": 0.0, "cycle_service_share": 0.98, "fill_rate_share": 0.98}


def product(sku, **more):
    return {"sku": sku, "product_name": f"Name {sku}", "line_id": "L", "line_name": "Line", "unit_cost": 10.0, "list_price": 20.0} | more


def sale(day, sku, qty, place="P"):
    return {"shipped_on": day, "dealer_id": "D1", "sku": sku, "qty": float(qty), "net_value": qty * 20.0, "location_id": place}


def monthly(sku, quantities):
    return [sale(month.replace(day=10), sku, qty) for month, qty in zip(MONTHS, quantities, strict=True) if qty]


def counted(place, item, qty):
    return {"counted_on": date(2025, 10, 31), "location_id": place, "item_id": item, "on_hand_qty": float(qty), "unit_cost": 10.0}


STEADY = [500 + SWING, 500 - SWING] * 6
RARE = [0.0, 0.0, 60.0] * 4
HALF = [500.0, 250.0] * 6
TABLES = {
    "products": [
        *(product(sku) for sku in ("A", "FORE", "NONE", "RARE", "LONG", "HALF", "AWAY")), product("NEW", catalogue_on=date(2025, 8, 15)),
        product("GONE", withdrawn_on=date(2025, 6, 1)),
    ],
    "materials": [
        {"material_id": "USED", "material_name": "Used", "unit_cost": 2.0, "lead_time_days": 7.0},
        {"material_id": "LOOSE", "material_name": "In no recipe", "unit_cost": 2.0, "lead_time_days": 7.0},
        {"material_id": "VAGUE", "material_name": "Nobody says how long it takes", "unit_cost": 2.0, "lead_time_days": None},
    ],
    "recipes": [{"sku": "A", "material_id": material, "qty_per": 1.0} for material in ("USED", "VAGUE")],
    "production": [{"produced_on": month.replace(day=5), "sku": "A", "qty": 500.0, "location_id": "P"} for month in MONTHS],
    "dealers": [{"dealer_id": "D1", "dealer_name": "North", "region": "N", "channel": "shops", "status": "active"}],
    "locations": [
        {"location_id": "P", "location_name": "Plant", "kind": "plant", "dealer_id": None, "region": "N"},
        {"location_id": "LD1", "location_name": "North's", "kind": "dealer", "dealer_id": "D1", "region": "N"},
    ],
    "sales": [
        sale(date(2024, 10, 1), "A", 1), *monthly("A", STEADY), *monthly("FORE", STEADY), *monthly("RARE", RARE), *monthly("LONG", STEADY),
        *monthly("HALF", HALF), *monthly("GONE", STEADY), *monthly("AWAY", [500.0, 0.0] * 6), *[sale(date(2025, month, 10), "NEW", 90) for month in (9, 10)],
    ],
    "dealer_sales": [
        {"sold_on": month.replace(day=10), "dealer_id": "D1", "sku": "A", "qty": qty, "net_value": qty * 24} for month, qty in zip(MONTHS, STEADY, strict=True)
    ],
    "forecasts": [
        {"made_on": month - timedelta(5), "month": month, "source": "statistical", "sku": "FORE", "qty": qty + wrong}
        for month, qty, wrong in zip(MONTHS, STEADY, [10.0, -10.0] * 6, strict=True)
    ] + [{"made_on": month + timedelta(20), "month": month, "source": "consensus", "sku": "FORE", "qty": 9999.0} for month in MONTHS],
    "stock": [
        *(counted("P", sku, 50) for sku in ("A", "FORE", "NONE", "RARE", "LONG", "HALF", "NEW", "GONE", "AWAY")), counted("LD1", "A", 20),
    ],
    "replenishment": [
        {"location_id": "P", "sku": None, "order_interval_days": 10.0, "lead_time_days": 15.0, "safety_share": 0.2, "adjustment": None},
        {"location_id": "P", "sku": "LONG", "order_interval_days": 10.0, "lead_time_days": 400.0, "safety_share": 0.2, "adjustment": None},
        {"location_id": "LD1", "sku": None, "order_interval_days": 5.0, "lead_time_days": 4.0, "safety_share": 0.3, "adjustment": None},
    ],
    "availability": [
        {"month": month, "location_id": "P", "sku": "HALF", "working_days": 25.0, "in_stock_days": 25.0 if qty == 500 else 12.5}
        for month, qty in zip(MONTHS, HALF, strict=True)
    ] + [
        {"month": month, "location_id": "P", "sku": "AWAY", "working_days": 25.0, "in_stock_days": 25.0 if number % 2 == 0 else 0.0}
        for number, month in enumerate(MONTHS)
    ],
    "calendar": [
        {"day": date(2024, 1, 1) + timedelta(number), "is_working": (date(2024, 1, 1) + timedelta(number)).day <= 25, "event": None} for number in range(900)
    ],
}  # fmt: skip


def company_of(folder, settings=SETTINGS, tables=TABLES):
    warehouse = published(folder / "home", tables)
    (warehouse.home.path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return warehouse


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return company_of(tmp_path_factory.mktemp("safety"))


def asked(warehouse, scope=EVERYTHING, **where):
    return ANSWERS["safety_stock"](warehouse, Selection(where=tuple((key, (value,)) for key, value in where.items())), scope)


def row(warehouse, sku, **where):
    return asked(warehouse, **where).extra["rows"].row(by_predicate=pl.col("sku") == sku, named=True)


def why(found):
    return None if found["required_why"] is None else Message.from_json(found["required_why"])


def test_case_2_8_98_percent_of_cycles_take_205_4_and_98_percent_of_demand_136_0_from_files(company):
    found = row(company, "A")
    assert (found["daily_qty"], found["deviation_qty"], found["cycle_order_qty"]) == pytest.approx((20, 20, 200))
    assert found["cover_deviation_qty"] == pytest.approx(100)
    assert found["cycle_qty"] == pytest.approx(205.4, abs=0.05)
    assert found["fill_qty"] == pytest.approx(136.0, abs=0.05)
    assert found["fill_cycle_share"] == pytest.approx(0.913, abs=5e-4)
    assert found["cycle_fill_share"] == pytest.approx(1 - 100 * float(formulas.loss(2.05375)) / 200, abs=1e-5)


def test_the_two_aims_stand_under_names_of_their_own_that_say_their_share(company):
    labels = {column.name: column.label for column in asked(company).columns}
    assert labels["cycle_qty"] != labels["fill_qty"]
    assert str(labels["cycle_qty"]) == "For 0.98 of cycles"
    assert str(labels["fill_qty"]) == "For 0.98 of demand"
    headline = str(asked(company).headline)
    assert "cycles without a gap take" in headline
    assert "of demand takes" in headline


def test_the_deviation_is_that_of_forecast_errors_where_forecasts_were_made_before_the_months_and_says_so(company):
    by_forecast, by_demand = row(company, "FORE"), row(company, "A")
    assert (by_forecast["deviation_from"], by_demand["deviation_from"]) == ("forecast_errors", "demand")
    assert by_forecast["deviation_qty"] == pytest.approx(10 * np.sqrt(12 / 11) / 5)
    assert by_forecast["cycle_qty"] < by_demand["cycle_qty"] / 5


@pytest.mark.parametrize(("sku", "word"), [("NONE", "no_sales"), ("NEW", "new"), ("LONG", "short_history")])
def test_an_article_of_which_nothing_can_be_said_is_unknown_with_its_reason_and_never_zero(company, sku, word):
    found = row(company, sku)
    assert why(found) == safety_said.WHYS[word]
    assert (found["cycle_qty"], found["fill_qty"], found["cycle_gap_value"], found["safety_rule"]) == (None, None, None, None)


@pytest.mark.parametrize(("item", "word"), [("LOOSE", "no_recipe"), ("VAGUE", "no_lead_time")])
def test_a_material_in_no_recipe_or_without_a_lead_time_says_so(company, item, word):
    assert why(row(company, item, item_kind="material")) == safety_said.WHYS[word]


def test_a_material_follows_what_production_used_and_no_safety_days_stand_beside_it(company):
    answer = asked(company, item_kind="material")
    found = answer.extra["rows"].row(by_predicate=pl.col("sku") == "USED", named=True)
    assert (found["daily_qty"], found["deviation_qty"], found["lead_days"]) == pytest.approx((20, 0, 6))
    assert (found["cycle_qty"], found["now_qty"], found["location_id"]) == (0, None, None)
    assert any("safety days are kept for products only" in str(note) for note in answer.notes)
    assert "A" not in answer.frame["sku"].to_list()


def test_an_article_that_is_asked_for_every_third_month_follows_its_own_rule_in_whole_pieces_and_is_marked(company):
    from scipy import stats

    found = row(company, "RARE")
    mean, variance = found["cover_qty"], found["cover_deviation_qty"] ** 2
    clumps = stats.nbinom(mean**2 / (variance - mean), mean / variance)
    assert found["safety_rule"] == "intermittent"
    assert found["cycle_qty"] == pytest.approx(clumps.ppf(0.98) - mean)
    reorder = mean + found["fill_qty"]
    expected = [sum((demand - held) * clumps.pmf(demand) for demand in range(int(held) + 1, 3000)) for held in (reorder, reorder - 1)]
    assert expected[0] <= 0.02 * found["cycle_order_qty"] < expected[1]
    assert found["fill_cycle_share"] == pytest.approx(clumps.cdf(round(reorder)))
    assert any("negative binomial" in str(said) for said in safety_said.explained(found, (0.98, 0.98)))


def test_months_are_corrected_for_the_days_out_of_stock_and_a_month_without_stock_says_nothing(company):
    half, away = row(company, "HALF"), row(company, "AWAY")
    assert (half["daily_qty"], half["deviation_qty"], half["cycle_qty"]) == pytest.approx((20, 0, 0))
    assert (away["known_months"], away["daily_qty"], away["deviation_qty"]) == pytest.approx((6, 20, 0))


def test_the_safety_days_of_the_rules_are_shown_in_pieces_and_money_and_the_gap_is_the_difference(company):
    found = row(company, "A")
    supplied = ANSWERS["replenishment"](company, Selection(), EVERYTHING).frame.filter(location_id="P", sku="A")
    days = supplied["high_days"][0] - 25
    assert found["now_qty"] == pytest.approx(days * supplied["daily_qty"][0])
    assert found["now_value"] == pytest.approx(found["now_qty"] * 10)
    assert found["cycle_gap_value"] == pytest.approx(found["cycle_qty"] * 10 - found["now_value"])
    assert found["fill_gap_value"] == pytest.approx(found["fill_qty"] * 10 - found["now_value"])


def test_a_withdrawn_article_needs_none_and_is_counted_in_a_note(company):
    answer = asked(company)
    assert "GONE" not in answer.frame["sku"].to_list()
    assert any("withdrawn" in str(note) for note in answer.notes)


def test_only_our_own_places_are_shown_until_a_dealer_is_chosen_and_its_demand_is_what_it_sells_on(company):
    assert set(asked(company).frame["location_id"]) == {"P"}
    for chosen in ({"location_id": "LD1"}, {"dealer_id": "D1"}, {"channel": "shops"}):
        assert set(asked(company, **chosen).frame["location_id"]) == {"LD1"}
    assert row(company, "A", location_id="LD1")["deviation_from"] == "demand"
    assert set(asked(company, scope=Scope("north", dealers=frozenset({"D1"}))).frame["location_id"]) == {"LD1"}
    assert asked(company, scope=Scope("nobody", dealers=frozenset())).frame.is_empty()


def test_an_uncertain_lead_time_asks_for_more(company, tmp_path):
    found = row(company_of(tmp_path, SETTINGS | {"lead_time_deviation_share": 0.2}), "A")
    assert found["lead_deviation_days"] == pytest.approx(3)
    assert found["cover_deviation_qty"] == pytest.approx(np.sqrt(25 * 20**2 + 20**2 * 3**2))
    assert found["cycle_qty"] > row(company, "A")["cycle_qty"]


def test_an_aim_of_100_percent_is_unknown_because_no_stock_meets_it(tmp_path):
    answer = asked(company_of(tmp_path, {"fill_rate_share": 1.0}))
    assert {Message.from_json(said) for said in answer.frame["required_why"]} == {safety_said.WHYS["no_target"]}
    assert answer.frame["cycle_qty"].null_count() == answer.frame.height
    assert "Of no article is enough known" in str(answer.headline)


def test_sales_that_begin_this_month_say_nothing_of_a_deviation(tmp_path):
    few = TABLES | {"sales": [sale(date(2025, 10, 3), "A", 5)], "forecasts": TABLES["forecasts"][:1]}
    found = row(company_of(tmp_path, SETTINGS, few), "A")
    assert (found["known_months"], why(found)) == (0, safety_said.WHYS["new"])
