"""Scenarios side by side: methods and named sets of levers over the plan of record, kept and discarded through the records."""

import shutil
from datetime import date

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.meeting import cycles, proposals, register
from engine.answers.meeting.proposals import Offer
from engine.answers.sop import executable_plan, scenarios
from engine.answers.source import forget
from engine.errors import BadUse, Impossible, NotAllowed, NotKept
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.scenarios import FIGURES, METHODS
from engine.store.home import RECORDS_VARIABLE
from engine.store.records import opening
from tests.small_warehouse import published
from tests.sop.test_plan_answers import AHEAD, MADE, whole

LI, SUN = Scope(who="Li"), Scope(who="Sun", regions=frozenset({"North"}), roles=frozenset({"sales_manager"}))
MORE = [{"kind": "DemandLever", "share": 0.2, "families": [MADE], "months": [2], "areas": []}]
OVERTIME = [{"kind": "OvertimeLever", "times": 3.0, "resources": ["M"], "months": []}]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    forget()
    return published(tmp_path_factory.mktemp("scenarios"), whole())


@pytest.fixture
def warehouse(company, monkeypatch: pytest.MonkeyPatch):
    """The company with the cycle of its plan opened, and nothing else in its records."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    cycles.open_cycle(str(company.home.path), AHEAD[0], {}, {}, [], LI, 1)
    yield company
    opening.let_go()
    shutil.rmtree(company.home.records)
    forget()


def ask(warehouse, name="scenarios", scope=EVERYTHING):
    return ANSWERS[name](warehouse, Selection(), scope)


def path(warehouse) -> str:
    return str(warehouse.home.path)


def test_without_any_kept_scenario_the_methods_stand_beside_the_plan_of_record(warehouse):
    answer = ask(warehouse)
    assert answer.frame["scenario_id"].to_list() == list(METHODS)
    base = answer.frame.row(0, named=True)
    assert all(base[f"{name}_change"] in (0, None) for name in FIGURES)
    supply = ANSWERS["supply_plan"](warehouse, Selection(), EVERYTHING)
    options = dict(supply.extra["options"].select("figure", "o2").iter_rows())
    cheapest = answer.frame.filter(pl.col("scenario_id") == "optimal").row(0, named=True)
    assert cheapest["plan_cost"] == pytest.approx(options["plan_cost"]), "the same figures as on the supply plan"
    assert answer.extra["options"].columns[:2] == ["figure", "o0"]


def test_a_kept_scenario_has_every_figure_and_its_difference_to_the_plan_of_record(warehouse):
    kept = scenarios.keep(path(warehouse), "A better January", MORE, "optimal", LI)
    answer = ask(warehouse)
    row = answer.frame.filter(pl.col("scenario_id") == kept.subject).row(0, named=True)
    base = answer.frame.row(0, named=True)
    assert row["kept_by"] == "Li"
    assert row["revenue"] - base["revenue"] == pytest.approx(row["revenue_change"])
    assert row["revenue"] > base["revenue"]
    assert kept.said["effects"]["revenue"] == pytest.approx(row["revenue"]), "the record holds what was seen"


def test_levers_are_told_in_words(warehouse):
    scenarios.keep(path(warehouse), "Both", MORE + OVERTIME, "optimal", LI)
    said = ask(warehouse).frame["levers"][-1]
    assert MADE in said
    assert "overtime" in said


def test_a_discarded_scenario_is_gone_and_its_history_stays(warehouse):
    kept = scenarios.keep(path(warehouse), "For a moment", MORE, "as_planned", LI)
    scenarios.discard(path(warehouse), kept.subject, kept.id, LI)
    assert ask(warehouse).frame.height == len(METHODS)
    with pytest.raises(NotKept):
        scenarios.discard(path(warehouse), kept.subject, kept.id, LI)


@pytest.mark.parametrize(
    ("name", "levers", "fault", "told"),
    [
        ("", MORE, Impossible, "name"),
        ("Nothing", [], Impossible, "lever"),
        ("Unknown family", [{"kind": "DemandLever", "share": 0.1, "families": ["Beer"]}], Impossible, "Beer"),
        ("Unknown lever", [{"kind": "WishLever"}], Impossible, "WishLever"),
        ("More than all", [{"kind": "DemandLever", "share": -1.2}], Impossible, "more than all"),
        ("Beyond the plan", [{"kind": "DemandLever", "share": 0.1, "months": [14]}], Impossible, "month 15"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(warehouse, name, levers, fault, told):
    with pytest.raises(fault, match=told):
        scenarios.keep(path(warehouse), name, levers, "optimal", LI)
    assert register.lines(path(warehouse), "scenario") == []


def test_two_scenarios_of_one_name_are_refused(warehouse):
    scenarios.keep(path(warehouse), "Autumn", MORE, "optimal", LI)
    with pytest.raises(BadUse, match="Autumn"):
        scenarios.keep(path(warehouse), " Autumn ", OVERTIME, "optimal", LI)


def test_a_scenario_of_a_family_that_left_the_plan_stays_in_the_list_and_says_so(warehouse):
    levers = [{"kind": "DemandLever", "share": 0.1, "families": ["Beer"], "months": [], "areas": []}]
    register.keep_scenario(path(warehouse), AHEAD[0], "Beer", levers, {}, LI, 1)
    row = ask(warehouse).frame.row(-1, named=True)
    assert row["plan_cost"] is None
    assert "Beer" in row["figures_why"]


def test_who_sees_a_part_of_the_company_is_shown_no_scenario(warehouse):
    assert ask(warehouse, scope=SUN).frame.is_empty()
    with pytest.raises(NotAllowed):
        scenarios.keep(path(warehouse), "Mine", MORE, "optimal", SUN)


# ── proposals ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_scenarios_become_the_options_of_a_card_with_their_effects(warehouse):
    kept = scenarios.keep(path(warehouse), "More overtime", OVERTIME, "optimal", LI)
    offers = [Offer("as_planned", "Leave it"), Offer(kept.subject, "Work longer", "People agree")]
    brought = proposals.bring(path(warehouse), "How do we serve January?", offers, 1, LI, date(2030, 1, 1))
    options = brought.said["options"]
    assert [option["name"] for option in options] == ["A", "B"]
    assert brought.said["recommended"] == "B"
    assert options[1]["levers"][0]["kind"] == "OvertimeLever"
    assert options[0]["method"] == "as_planned"
    assert options[0]["effects"]["margin"] == pytest.approx(brought.said["base"]["margin"]), "leaving it is the base"
    assert "People agree" in options[1]["assumptions"]
    waiting = proposals.waiting(path(warehouse), AHEAD[0])
    assert waiting["question"].to_list() == ["How do we serve January?"]
    proposals.withdraw(path(warehouse), waiting["subject"][0], waiting["id"][0], LI, 1)
    assert proposals.waiting(path(warehouse), AHEAD[0]).is_empty()


@pytest.mark.parametrize("offers", [[Offer("as_planned", "Alone")], [Offer(method, method) for method in METHODS[:4]]])
def test_a_card_has_two_or_three_options(warehouse, offers):
    with pytest.raises(Impossible, match="2 or 3"):
        proposals.bring(path(warehouse), "Which?", offers, 0, LI)
    assert register.lines(path(warehouse), "decision") == []


def test_a_card_of_a_scenario_that_is_gone_is_refused(warehouse):
    with pytest.raises(BadUse, match="look again"):
        proposals.bring(path(warehouse), "Which?", [Offer("as_planned", "a"), Offer("2025-11/7", "b")], 0, LI)


def test_an_overload_is_raised_with_its_ways_out_and_becomes_a_decision(warehouse):
    titles = {"prebuild": "Build ahead", "optimal": "Plan anew"}
    issue = proposals.raise_overload(path(warehouse), "M", "Filling is full in January", titles, LI)
    shown = proposals.alternatives(path(warehouse), issue.subject)
    assert shown["title"].to_list() == ["Build ahead", "Plan anew"]
    assert shown["margin"].null_count() == 0
    brought = proposals.escalate(path(warehouse), issue.subject, issue.id, 1, None, LI)
    assert brought.said["recommended"] == "B"
    assert register.line(path(warehouse), "issue", issue.subject).said["state"] == "decision"


def test_an_issue_is_solved_only_with_a_word_on_how(warehouse):
    issue = register.raise_issue(path(warehouse), AHEAD[0], "supply", "Press", [], LI, 1)
    with pytest.raises(Impossible, match="how"):
        proposals.settle(path(warehouse), issue.subject, issue.id, "solved", " ", LI)
    with pytest.raises(Impossible, match="2 or 3"):
        proposals.escalate(path(warehouse), issue.subject, issue.id, -1, None, LI)
    assert register.line(path(warehouse), "issue", issue.subject).said["state"] == "open", "an issue without alternatives stays open"
    assert proposals.settle(path(warehouse), issue.subject, issue.id, "solved", "A second press", LI).said["state"] == "solved"


# ── the executable plan ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_executable_plan_says_what_each_side_brings_and_what_the_release_costs(warehouse):
    answer = ask(warehouse, "executable_plan")
    row = answer.frame.filter(pl.col("family") == MADE, pl.col("month") == AHEAD[0]).row(0, named=True)
    assert row["market_qty"] <= row["demand_qty"] + 1e-9
    assert row["safety_left_qty"] + row["released_qty"] <= row["safety_qty"] + 1e-6
    assert row["service_after_share"] is not None or row["service_after_share_why"] is not None
    unknown = answer.frame.filter(pl.col("service_after_share").is_null())
    assert unknown["service_after_share_why"].null_count() == 0, "unknown has a reason"
    assert answer.extra["heads"]["there_qty"].to_list()[0] == 2


def test_orders_are_ranked_and_a_named_must_serve_quantity_comes_first(warehouse):
    home = path(warehouse)
    register.minute(home, AHEAD[0], "note", {"x": 1}, LI, 1)
    before = ask(warehouse, "executable_plan").extra["orders"]
    assert before.select("order_id", "qty", "must_serve_qty").rows() == [("O1", 7.0, 0.0)]
    signed(home, "report", "demand")
    executable_plan.name_must_serve(home, AHEAD[0], "O1", "1", 5.0, LI)
    assert ask(warehouse, "executable_plan").extra["orders"]["must_serve_qty"].to_list() == [5.0]
    with pytest.raises(BadUse, match="-1"):
        executable_plan.name_must_serve(home, AHEAD[0], "O1", "1", -1.0, LI)


def signed(home: str, *steps: str) -> None:
    """Sign some steps as they are, whatever they lack."""
    from engine.sop.cycle import OPEN, Step

    for name in steps:
        cycles.sign(home, AHEAD[0], Step(name, OPEN), "", LI, 1)


def test_both_sides_commit_and_a_plan_that_changes_makes_it_an_earlier_one(warehouse):
    home = path(warehouse)
    with pytest.raises(Impossible, match="waits"):
        executable_plan.commit(home, "market", LI)
    signed(home, "report", "demand")
    executable_plan.commit(home, "market", LI)
    executable_plan.commit(home, "supply", Scope(who="Zhou"))
    found = ask(warehouse, "executable_plan").facts["commitments"]
    assert {side: (each["who"], each["is_stale"]) for side, each in found.items()} == {"market": ("Li", False), "supply": ("Zhou", False)}
    payload = {"family": MADE, "month": AHEAD[1].isoformat(), "layer": "sales", "kind": "add", "value": 500.0, "reason": "deal", "text": "large"}
    from engine.answers import records

    records.record(home, "override", f"2025-11/{MADE}/2025-12/sales", payload, LI, 1)
    assert ask(warehouse, "executable_plan").facts["commitments"]["market"]["is_stale"]
    with pytest.raises(BadUse, match="no side"):
        executable_plan.commit(home, "finance", LI)
