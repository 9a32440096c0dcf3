"""The demo company says the same figure wherever it is shown: stock at dealers, overdue money, a dealer's profit, cash that is sure."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.dealers import tiers
from engine.language import say
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import open_warehouse
from tests.demo_home import home_of


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    warehouse = open_warehouse(home_of(tmp_path_factory, 1))
    return lambda name, **where: ANSWERS[name](warehouse, where.pop("selection", Selection()), EVERYTHING)


def measures(answer):
    return {say(figure.label, "en"): figure.value for figure in answer.facts["measures"]}


@pytest.mark.parametrize("as_of", [None, date(2025, 6, 30), date(2024, 12, 31)])
def test_stock_at_dealers_is_one_figure(ask, as_of):
    selection = Selection(as_of=as_of)
    channel = measures(ask("channel_stock", selection=selection))
    held = ask("holding_cost", selection=selection).extra["dealers"]
    assert round(held["value"].sum(), 2) == round(channel["At dealers"], 2) > 0
    assert round(held["customer_value"].sum(), 2) == round(channel["At customers"], 2)
    if as_of is None:
        desk = ask("dealer_desk").frame
        assert round(desk["stock_value"].sum(), 2) == round(channel["At dealers"], 2)


def test_start_names_the_overdue_money_of_credit(ask):
    start = ask("start")
    (overdue,) = (alert for alert in start.alerts if alert.page == "credit")
    assert round(overdue.money, 2) == round(ask("credit").frame["overdue_value"].sum(), 2) > 0
    assert [alert.money or 0.0 for alert in start.alerts] == sorted((alert.money or 0.0 for alert in start.alerts), reverse=True)


def test_a_dealer_who_left_is_no_longer_supplied_but_still_owes(ask):
    row = ask("credit").frame.row(by_predicate=pl.col("dealer_id") == "D052", named=True)
    assert (row["limit_status"], row["credit_limit"], row["headroom_value"], row["verdict"]) == ("left", None, None, "hold")
    assert row["overdue_value"] > 0
    assert "no longer supplied" in row["why"]
    assert "is no longer supplied" in say(ask("dealer", selection=Selection(where=(("dealer_id", ("D052",)),))).headline, "en")


def test_a_gate_that_caps_the_tier_is_named_and_no_lever_is(ask):
    card = ask("scorecard")
    worst = card.extra["gates"].filter(pl.col("gate") == "referral")["dealer_id"].to_list()
    assert worst
    for row in card.frame.filter(pl.col("dealer_id").is_in(worst)).iter_rows(named=True):
        assert (row["tier"], row["lever"]) == ("D", None)
        if row["reached"] != "D":
            assert "council" in row["tier_why"]
    assert card.extra["levers"].filter(pl.col("dealer_id").is_in(worst)).is_empty()


def test_a_tier_that_is_not_the_one_of_the_score_says_why(ask):
    for row in ask("scorecard").frame.filter(pl.col("score").is_not_null()).iter_rows(named=True):
        assert (row["tier_why"] is None) == (row["tier"] == row["reached"]), row["dealer_id"]
        assert row["reached"] != tiers.UNRATED


def test_the_block_of_a_dealers_profit_adds_up(ask):
    from pages.parts.dealers import PROFIT

    shown = {name for name, _, _ in PROFIT}
    row = ask("dealer", selection=Selection(where=(("dealer_id", ("D001",)),))).facts["profit"]
    assert {"total_gross_profit", "costs", "other_income", "tax", "net_profit"} <= shown
    assert row["total_gross_profit"] - row["costs"] + row["other_income"] - row["tax"] == pytest.approx(row["net_profit"])


def test_the_headline_of_cash_says_when_sure_money_runs_out(ask):
    answer = ask("cash_bridge")
    sure = answer.extra["ahead"].filter(pl.col("scenario").is_not_null())["scenario"]
    assert measures(answer)["Least sure cash ahead"] == sure.min() < 0
    assert "cash runs out in Jan 2026 and falls to" in say(answer.headline, "en").replace("\xa0", " ")


@pytest.mark.parametrize("name", ["ageing", "stock_by_purpose", "holding_cost"])
def test_a_sentence_about_all_stock_says_that_materials_are_in_it(ask, name):
    assert "products and materials" in say(ask(name).headline, "en")
    only = ask(name, selection=Selection(where=(("item_kind", ("product",)),)))
    assert "materials" not in say(only.headline, "en")
