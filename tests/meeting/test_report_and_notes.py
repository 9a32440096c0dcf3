"""The report of a month, the families that need a word, and what a cycle notes beside its figures: on a small company whose sums are known."""

from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.forecast_accuracy import approved_plans
from engine.answers.meeting import cycles, plans, register
from engine.errors import NotAllowed
from engine.language import say
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.cycle import STEPS
from tests.small_warehouse import published
from tests.sop.test_plan_answers import AHEAD, BEHIND, BOUGHT, MADE, needed, whole

LI = Scope(who="Li")


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(tmp_path_factory.mktemp("report") / "home", whole())


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """Only products, sales and stock."""
    return published(tmp_path_factory.mktemp("bare") / "home", needed())


def ask(warehouse, question, *details, scope=EVERYTHING):
    return ANSWERS[question](warehouse, Selection(), scope, *details)


def one(answer, family=MADE):
    return answer.frame.filter(family=family).row(0, named=True)


def reasons(row):
    return "" if row["reason"] is None else say(Message.from_json(row["reason"]), "en")


def test_the_last_month_is_compared_with_forecast_plan_and_last_year(company):
    answer = ask(company, "month_report")
    wine = one(answer)
    assert answer.facts["month"] == BEHIND[-1] == date(2025, 10, 1)
    assert (wine["sold_qty"], wine["forecast_qty"], wine["forecast_gap_share"]) == (100.0, 90.0, pytest.approx(100 / 90 - 1))
    assert (wine["made_qty"], wine["planned_qty"], wine["made_gap_share"]) == (95.0, 100.0, pytest.approx(-0.05))
    assert (wine["net_value"], wine["year_ago_value"], wine["year_gap_share"]) == (1000.0, None, None)
    assert wine["reason"] is None


def test_a_month_without_forecast_budget_or_plan_says_unknown_and_what_is_missing(bare):
    answer = ask(bare, "month_report")
    wine = one(answer)
    assert [wine[name] for name in ("forecast_qty", "budget_value", "made_qty", "planned_qty", "open_qty")] == [None] * 5
    assert {"forecasts", "budget", "production", "production_plan", "orders"} <= set(answer.missing)
    unknown = [measure for measure in answer.facts["measures"] if measure.value is None]
    assert len(unknown) == 5
    assert all(measure.why_unknown is not None for measure in unknown)
    assert "No family is away" in say(answer.headline, "en")


def test_what_changed_since_the_last_cycle_is_told_over_the_months_that_both_know(company):
    changes = ask(company, "month_report").extra["changes"]
    assert changes.select("family", "before_qty", "after_qty", "change_qty", "change_value").rows() == [(MADE, 80.0, 110.0, 30.0, pytest.approx(300.0))]
    assert say(Message.from_json(changes["what"][0]), "en") == "Forecast"


def test_the_months_of_the_report_end_with_the_actual_and_go_on_with_the_plan(company):
    months = ask(company, "month_report").extra["months"]
    assert months["month"].to_list() == [*BEHIND, *AHEAD]
    assert months.filter(month=BEHIND[-1])["actual"][0] == pytest.approx(1500.0)
    assert months.filter(month=AHEAD[0]).select("actual", "last_year").row(0) == (None, 1500.0)
    assert months.filter(month=AHEAD[0])["forecast"][0] > 0


def test_families_with_a_reason_come_first_and_say_it(company):
    answer = ask(company, "demand_review")
    assert answer.frame["reasons_n"].to_list() == sorted(answer.frame["reasons_n"].to_list(), key=lambda n: n == 0)
    wine = one(answer)
    assert "revised since the last cycle" in reasons(wine)
    assert wine["revised_share"] == pytest.approx(30 / 80)
    assert wine["stake_value"] >= 300.0
    assert answer.facts["exceptions"] == answer.frame.filter(pl.col("reasons_n") > 0).height


def test_the_review_holds_a_year_behind_and_the_months_ahead_of_every_family(company):
    months = ask(company, "demand_review").extra["months"].filter(family=MADE)
    assert months["month"].to_list() == [*BEHIND, *AHEAD]
    assert months.filter(month=BEHIND[0])["actual_qty"][0] == 100.0
    assert months.filter(month=AHEAD[0]).select("actual_qty", "last_year_qty").row(0) == (None, 100.0)


def test_without_forecasts_the_review_goes_on_from_last_year_and_says_what_is_missing(bare):
    answer = ask(bare, "demand_review")
    assert set(answer.frame["family"]) == {MADE, BOUGHT}
    assert {"forecasts", "contracts", "deals", "budget"} <= set(answer.missing)
    assert one(answer)["demand_value"] > 0


@pytest.mark.parametrize("question", ["month_report", "demand_review"])
def test_who_sees_a_part_of_the_company_gets_no_row(company, question):
    bounded = Scope(who="Zhao", regions=frozenset({"North"}), roles=frozenset({"sales_manager"}))
    answer = ask(company, question, scope=bounded)
    assert answer.frame.is_empty()
    assert all(frame.is_empty() for frame in answer.extra.values())


def test_what_is_noted_is_listed_issues_first_then_what_weighs_most(company):
    home, month = str(company.home.path), AHEAD[0]
    cycles.open_cycle(home, month, dict.fromkeys(STEPS, "Li"), {}, [], LI, 1)
    register.assume(home, month, "No price rise before spring", "Li", LI, 1)
    register.expect(home, month, "Hotel chain leaves", 0.1, -90000.0, MADE, "Li", LI, 1)
    register.expect(home, month, "Early new year", 0.5, 40000.0, "", "Wang", LI, 1)
    issue = register.raise_issue(home, month, "demand", "Which price in March?", [{"title": "old"}, {"title": "new"}], LI, 1)
    answer = ask(company, "noted")
    assert answer.extra["records"]["code"].to_list() == ["issue", "opportunity", "risk", "assumption"]
    assert answer.frame["weighted_value"].to_list() == [None, 20000.0, -9000.0, None]
    assert answer.extra["alternatives"]["title"].to_list() == ["old", "new"]
    assert [measure.value for measure in answer.facts["measures"]] == [pytest.approx(11000.0), -90000.0, 40000.0]
    assert "1 issue" in say(answer.headline, "en")
    register.change(home, "issue", issue.subject, issue.id, {"state": "solved"}, LI, 1)
    assert "no issue is open" in say(ask(company, "noted").headline, "en")
    with pytest.raises(NotAllowed):
        ask(company, "noted", scope=Scope(who="Zhao", regions=frozenset({"North"})))


def test_approved_plans_are_a_step_of_the_chain_at_their_lag(company):
    home = str(company.home.path)
    month, family = BEHIND[-1], MADE

    def approve(cycle, qty):
        rows = [(family, at, qty) for at in (cycle, month)] if cycle != month else [(family, month, qty)]
        frame = pl.DataFrame(rows, schema={"family": pl.String, "month": pl.Date, "demand_qty": pl.Float64}, orient="row")
        seen = max((version.record_id for version in plans.versions(home, cycle)), default=0)
        plans.freeze(home, cycle, {"demand": frame}, "", LI, 1, seen)

    approve(BEHIND[-3], 80.0)
    approve(BEHIND[-2], 95.0)
    approve(month, 100.0)  # in the month itself: too late to be a forecast of it
    found = approved_plans(home, (BEHIND[0], month), 1).filter(month=month)
    assert found.rows() == [(MADE, "approved", month, 95.0)]
    assert approved_plans(home, (BEHIND[0], month), 2).filter(month=month)["forecast_qty"].to_list() == [80.0]
    row = ask(company, "forecast_accuracy").frame.filter(family=MADE, step="approved").row(0, named=True)
    assert (row["months_n"], row["forecast_qty"], row["bias_share"]) == (1, 95.0, pytest.approx(-0.05))
