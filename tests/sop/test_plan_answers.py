"""The plans as they are answered: on a small company with every table, and on one that has only products, sales and stock."""

from datetime import date, datetime

import polars as pl
import pytest

from engine.answers import ANSWERS, records
from engine.answers.source import forget
from engine.errors import NotAllowed
from engine.language import say
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.grid import months_from
from tests.small_warehouse import published

BEHIND, AHEAD = months_from(date(2024, 11, 1), 12), months_from(date(2025, 11, 1), 12)
MADE, BOUGHT = "Wine", "Gifts"
QUESTIONS = ("family_sheet", "demand_plan", "supply_plan", "capacity", "budget_bridge")


def products():
    return [
        {"sku": "W1", "product_name": "Red", "sphere": "s", "product_group": "g", "line_id": MADE, "line_name": "Wines", "unit_cost": 6.0, "list_price": 12.0,
         "made_by": "own"},
        {"sku": "W2", "product_name": "White", "sphere": "s", "product_group": "g", "line_id": MADE, "line_name": "Wines", "unit_cost": 6.0, "list_price": 12.0,
         "made_by": "own"},
        {"sku": "G1", "product_name": "Box", "sphere": "s", "product_group": "h", "line_id": BOUGHT, "line_name": "Gift boxes", "unit_cost": 20.0,
         "list_price": 50.0, "made_by": "own_to_order"},
    ]  # fmt: skip


def needed():
    """Two articles of one line and one of another, sold and counted at each month's end."""
    sales = [
        {"shipped_on": month.replace(day=15), "dealer_id": "D1", "sku": sku, "qty": qty, "net_value": qty * price, "cost_value": qty * cost}
        for month in BEHIND
        for sku, qty, price, cost in (("W1", 60.0, 10.0, 6.0), ("W2", 40.0, 10.0, 6.0), ("G1", 10.0, 50.0, 20.0))
    ]
    ends = [date.fromordinal(month.toordinal() - 1) for month in (*BEHIND[1:], AHEAD[0])]
    stock = [
        {"counted_on": end, "location_id": "P", "item_id": sku, "on_hand_qty": qty, "unit_cost": cost}
        for end in ends
        for sku, qty, cost in (("W1", 50.0, 6.0), ("W2", 30.0, 6.0), ("G1", 5.0, 20.0))
    ]
    dealers = [{"dealer_id": "D1", "dealer_name": "One", "region": "North", "channel": "shops"}]
    return {"products": products(), "sales": sales, "stock": stock, "dealers": dealers}


def whole():
    """The same with forecasts, contracts, deals, budget, plans and resources. The wines' machine is too full in the third month."""
    tables = needed()
    tables["locations"] = [{"location_id": "P", "location_name": "Plant", "kind": "plant"}]
    wanted = dict.fromkeys(AHEAD, 110.0) | {AHEAD[2]: 170.0}
    made_on = date(2025, 10, 25)
    tables["forecasts"] = [
        {"made_on": made_on, "month": month, "source": "consensus", "line_id": MADE, "qty": qty, "excludes_deals": True} for month, qty in wanted.items()
    ] + [{"made_on": made_on, "month": AHEAD[0], "source": "statistical", "line_id": BOUGHT, "qty": 12.0, "excludes_deals": False}]
    tables["forecasts"] += [
        {"made_on": date(2025, 9, 25), "month": month, "source": "consensus", "line_id": MADE, "qty": qty, "excludes_deals": True}
        for month, qty in [(BEHIND[-1], 90.0), (AHEAD[0], 80.0)]
    ]
    tables["contracts"] = [
        {"contract_id": "C1", "line_id": MADE, "month": AHEAD[0], "dealer_id": "D1", "kind": "large", "agreed_qty": 30.0, "delivered_qty": 10.0},
        {"contract_id": "C2", "sku": "W2", "month": AHEAD[0], "dealer_id": "D1", "kind": "small", "agreed_qty": 5.0, "delivered_qty": None},
        {"contract_id": "C3", "line_id": BOUGHT, "month": AHEAD[0], "dealer_id": "D1", "kind": "large", "agreed_qty": 20.0, "delivered_qty": 0.0},
    ]
    tables["deals"] = [{"deal_id": "N1", "line_id": MADE, "month": AHEAD[1], "customer": "Hotel", "qty": 7.0, "probability": 0.5}]
    tables["production_plan"] = [{"month": month, "line_id": MADE, "version": "2025-10", "qty": qty} for month, qty in wanted.items()]
    tables["production_plan"] += [{"month": BEHIND[-1], "line_id": MADE, "version": "2025-09", "qty": 100.0}]
    tables["production_plan"] += [{"month": month, "line_id": BOUGHT, "version": "2025-10", "qty": 10.0} for month in AHEAD]
    tables["production"] = [{"produced_on": month.replace(day=20), "sku": "W1", "qty": 95.0} for month in BEHIND]
    tables["resources"] = [
        {"resource_id": "M", "resource_name": "Filling", "unit": "hours", "workers": 2, "hour_cost": 2.0, "overtime_cost": 3.0, "subcontract_cost": None},
        {"resource_id": "Z", "resource_name": "Press", "unit": "hours", "workers": 0, "hour_cost": 1.0, "overtime_cost": None, "subcontract_cost": None},
    ]
    tables["capacity"] = [
        {"month": month, "resource_id": "M", "available": 60.0, "overtime_available": 5.0, "subcontract_available": None} for month in AHEAD
    ] + [{"month": month, "resource_id": "Z", "available": 0.0, "overtime_available": None, "subcontract_available": None} for month in AHEAD[:1]]
    tables["resource_use"] = [
        {"sku": "W1", "resource_id": "M", "per_unit": 0.6, "months_ahead": 0}, {"sku": "W2", "resource_id": "M", "per_unit": 0.4, "months_ahead": 0},
    ]  # fmt: skip
    tables["materials"] = [{"material_id": "bottle", "material_name": "Bottle", "unit_cost": 2.0, "supplier": "Glassworks", "lead_time_days": 45}]
    tables["recipes"] = [{"sku": "W1", "material_id": "bottle", "qty_per": 1.0}, {"sku": "W2", "material_id": "bottle", "qty_per": 2.0}]
    tables["purchase_plan"] = [{"month": AHEAD[0], "item_id": "bottle", "planned_qty": 100.0}]
    tables["stock"] = [*tables["stock"], {"counted_on": date(2025, 10, 31), "location_id": "P", "item_id": "bottle", "on_hand_qty": 300.0, "unit_cost": 2.0}]
    tables["budget"] = [
        {"month": month, "line_id": line, "region": None, "qty": qty, "net_value": value, "margin_value": margin}
        for month in months_from(date(2025, 1, 1), 12)
        for line, qty, value, margin in ((MADE, 90.0, 990.0, 450.0), (BOUGHT, 12.0, 600.0, 360.0))
    ]
    tables["orders"] = [
        {"order_id": "O1", "line_no": 1, "ordered_on": date(2025, 10, 20), "dealer_id": "D1", "sku": "G1", "qty": 9.0, "shipped_qty": 2.0, "status": "open"}
    ]
    return tables


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    forget()
    return published(tmp_path_factory.mktemp("plans"), whole())


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    forget()
    return published(tmp_path_factory.mktemp("bare"), needed())


def ask(warehouse, question, selection=None, scope=EVERYTHING):
    return ANSWERS[question](warehouse, selection or Selection(), scope)


def row(answer, **keys):
    return answer.frame.filter(*(pl.col(key) == value for key, value in keys.items())).row(0, named=True)


def test_demand_is_put_together_from_contracts_deals_and_the_rest(company):
    found = ask(company, "demand_plan")
    first = row(found, family=MADE, month=AHEAD[0])
    assert (first["small_qty"], first["large_qty"], first["deal_qty"], first["rest_qty"], first["demand_qty"]) == (5, 20, 0, 85, 110)
    assert row(found, family=MADE, month=AHEAD[1])["demand_qty"] == 117, "the forecast leaves the deal out, so the deal comes on top"
    assert first["demand_value"] == pytest.approx(1100)
    assert first["source"] == "consensus"
    assert found.facts["cycle"] == AHEAD[0]


def test_a_family_beyond_its_forecast_goes_on_from_last_year(company):
    found = ask(company, "demand_plan")
    first, later = row(found, family=BOUGHT, month=AHEAD[0]), row(found, family=BOUGHT, month=AHEAD[5])
    assert (first["large_qty"], first["rest_qty"]) == (20, 0), "contracts are above the forecast of the month"
    assert later["is_continued"]
    assert later["demand_qty"] == pytest.approx(12)


def test_a_change_by_hand_is_seen_in_the_plan_at_once(company):
    payload = {"family": MADE, "month": AHEAD[3].isoformat(), "layer": "sales", "kind": "add", "value": 33.0, "reason": "promotion", "text": "Festival"}
    before = row(ask(company, "demand_plan"), family=MADE, month=AHEAD[3])["demand_qty"]
    records.record(str(company.home.path), "override", f"2025-11/{MADE}/{AHEAD[3]:%Y-%m}/sales", payload, Scope(who="Li"), 1)
    found = ask(company, "demand_plan")
    changed = row(found, family=MADE, month=AHEAD[3])
    assert (changed["demand_qty"], changed["override_qty"]) == (before + 33, 33)
    assert found.extra["overrides"].row(0, named=True)["author"] == "Li"
    subject = f"2025-11/{MADE}/{AHEAD[3]:%Y-%m}/sales"
    records.record(str(company.home.path), "override", subject, {"ended": True}, Scope(who="Li"), 1)
    assert row(ask(company, "demand_plan"), family=MADE, month=AHEAD[3])["demand_qty"] == before


def test_the_sheet_starts_from_the_actual_stock_and_closes_behind(company):
    found = ask(company, "family_sheet")
    last, first = row(found, family=MADE, month=BEHIND[-1]), row(found, family=MADE, month=AHEAD[0])
    assert (last["stock_qty"], last["sales_qty"], last["made_qty"], last["adjustment_qty"]) == (80, 100, 95, 5)
    assert (last["forecast_qty"], last["sales_diff_qty"], last["planned_qty"], last["made_diff_qty"]) == (90, 10, 100, -5)
    assert (first["is_ahead"], first["stock_qty"]) == (True, 80 + 110 - 110)
    assert (first["old_forecast_qty"], first["forecast_change_qty"]) == (80, 30)
    assert found.extra["gaps"].is_empty()
    assert set(found.facts["signs"]) >= {"bias_share", "tracking_over", "tracking_under"}


def test_a_family_made_to_order_has_a_backlog(company):
    first = row(ask(company, "family_sheet"), family=BOUGHT, month=AHEAD[0])
    assert first["strategy"] == "make_to_order"
    assert first["backlog_qty"] == pytest.approx(7 + 20 - 10)
    assert row(ask(company, "family_sheet"), family=MADE, month=AHEAD[0])["backlog_qty"] is None


def test_the_load_is_weighed_by_what_the_articles_sold_and_names_the_bottleneck(company):
    found = ask(company, "capacity")
    peak = row(found, resource_id="M", month=AHEAD[2])
    assert peak["load_qty"] == pytest.approx(170 * (0.6 * 0.6 + 0.4 * 0.4))
    assert (peak["level"], peak["over_qty"]) == ("overloaded", pytest.approx(88.4 - 60))
    assert found.facts["bottleneck"].resource == "M"
    assert [str(alert.said) for alert in found.alerts] == [f"Filling lacks {peak['beyond_qty']} in {AHEAD[2]} even with overtime and others."]
    assert found.extra["without"]["family"].to_list() == [BOUGHT], "a family without capacity is named"


def test_months_without_capacity_are_unknown_and_a_resource_with_zero_hours_is_not_full_when_nothing_needs_it(company):
    found = ask(company, "capacity")
    idle, unknown = row(found, resource_id="Z", month=AHEAD[0]), row(found, resource_id="Z", month=AHEAD[1])
    assert (idle["load_share"], idle["level"]) == (0, "fits")
    assert (unknown["load_share"], unknown["level"]) == (None, "unknown")
    assert "No capacity was given" in unknown["load_share_why"]


def test_three_plans_stand_side_by_side_and_the_cheapest_is_the_cheapest_that_delivers_all(company):
    found = ask(company, "supply_plan")
    options = {name: values for name, *values in found.extra["options"].select("figure", "o0", "o1", "o2").iter_rows()}
    assert options["over_hours"][0] > 0, "the plan of record needs hours that nobody has"
    assert options["over_hours"][2] == pytest.approx(0, abs=1e-6)
    assert options["service_share"][2] >= options["service_share"][0] - 1e-9
    first = row(found, family=MADE, month=AHEAD[0])
    assert first["stock_qty"] == pytest.approx(80 + first["supply_qty"] - first["shipped_qty"])
    assert set(found.extra["moves"].columns) >= {"family", "moved_qty", "holding_value"}


def test_materials_that_will_lack_are_ordered_by_their_lead_time(company):
    found = ask(company, "supply_plan").extra["materials"]
    rows = {row["month"]: row for row in found.iter_rows(named=True)}
    each = 0.6 * 1 + 0.4 * 2
    assert rows[AHEAD[0]]["need_qty"] == pytest.approx(110 * each)
    assert (rows[AHEAD[0]]["short_qty"], rows[AHEAD[0]]["arriving_qty"]) == (0, 100)
    assert rows[AHEAD[2]]["short_qty"] == pytest.approx((110 + 110 + 170) * each - 400)
    assert rows[AHEAD[2]]["order_in"] == AHEAD[0]
    assert not rows[AHEAD[2]]["is_late"]
    assert rows[AHEAD[2]]["short_value"] == pytest.approx(2 * rows[AHEAD[2]]["short_qty"])


def test_the_bridge_adds_up_and_the_year_has_a_call(company):
    found = ask(company, "budget_bridge")
    assert (found.first, found.last) == (date(2025, 1, 1), date(2025, 10, 31))
    steps = found.frame.select("volume_value", "mix_value", "price_value", "cost_value", "not_split_value")
    assert float(steps.sum_horizontal().sum()) == pytest.approx(float(found.frame["total_value"].sum()))
    wine = row(found, family=MADE)
    assert (wine["budget_value"], wine["actual_value"]) == (pytest.approx(4500), pytest.approx(4000))
    assert wine["price_value"] == pytest.approx(-1000)
    assert wine["cost_value"] == pytest.approx(0)
    assert found.facts["year_budget"] == pytest.approx(12 * 1590)
    assert found.facts["year_call"] > 10 * 1500
    one = ask(company, "budget_bridge", Selection(first=date(2025, 10, 1), last=date(2025, 10, 31)))
    assert (one.first, one.last) == (date(2025, 10, 1), date(2025, 10, 31))


@pytest.mark.parametrize("question", QUESTIONS)
def test_only_the_picked_families_are_shown(company, question):
    found = ask(company, question, Selection(where=(("line_id", (BOUGHT,)),)))
    if "family" in found.frame.columns:
        assert set(found.frame["family"]) == {BOUGHT}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_company_with_products_sales_and_stock_alone_gets_an_answer_that_says_what_is_missing(bare, question):
    found = ask(bare, question)
    assert found.missing
    assert str(found.headline)
    if question in ("family_sheet", "demand_plan"):
        assert found.frame["family"].n_unique() == 2
    if question == "capacity":
        assert "resources, capacity, resource_use" in str(found.headline)
    if question == "budget_bridge":
        assert found.frame.is_empty()


def test_without_any_forecast_demand_goes_on_as_a_year_ago_and_says_so(bare):
    found = ask(bare, "demand_plan")
    first = row(found, family=MADE, month=AHEAD[0])
    assert (first["demand_qty"], first["is_continued"], first["source"]) == (100, True, None)
    assert any("as a year ago" in str(note) for note in found.notes)
    assert ask(bare, "supply_plan").frame.height == 24


def test_without_production_the_sheet_says_what_must_have_come_in(bare):
    found = ask(bare, "family_sheet")
    assert row(found, family=MADE, month=BEHIND[-1])["made_qty"] == 100
    assert any("must have come in" in str(note) for note in found.notes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_whoever_sees_a_part_of_the_company_gets_no_plan_of_all_of_it(company, question):
    bounded = Scope(who="Wang", regions=frozenset({"North"}))
    try:
        found = ask(company, question, scope=bounded)
    except NotAllowed:
        return
    assert found.frame.is_empty()
    assert all(frame.is_empty() for name, frame in found.extra.items() if name not in ("bars",))


def test_an_override_that_cannot_be_any_longer_does_not_break_the_plan(company):
    payload = {"family": "Beer", "month": AHEAD[3].isoformat(), "layer": "sales", "kind": "add", "value": 33.0, "reason": "promotion", "text": "x"}
    kept = records.record(str(company.home.path), "override", f"2025-11/Beer/{AHEAD[3]:%Y-%m}/sales", payload, Scope(who="Li"), 1)
    assert isinstance(kept.at, datetime)
    assert ask(company, "demand_plan").frame.height == 24


def test_an_override_that_became_too_much_waits_and_is_told_in_a_sentence(company):
    subject = f"2025-11/{MADE}/{AHEAD[4]:%Y-%m}/sales"
    payload = {"family": MADE, "month": AHEAD[4].isoformat(), "layer": "sales", "kind": "add", "value": -9999.0, "reason": "data", "text": "x"}
    before = ask(company, "demand_plan").frame
    records.record(str(company.home.path), "override", subject, payload, Scope(who="Li"), 1)
    after = ask(company, "demand_plan")
    assert after.frame.equals(before)
    told = after.extra["told"].filter(rule="waits", what=f"{MADE} {AHEAD[4]:%Y-%m}")
    assert "Take off less" in say(Message.from_json(told["said"][0]), "en")
    assert any("no longer fit" in say(note, "en") for note in after.notes)
    records.record(str(company.home.path), "override", subject, {"ended": True}, Scope(who="Li"), 1)
