"""What is hidden from a role is in nothing that it is given: no column, no tile, no sentence, no workbook, no explanation."""

import re

import polars as pl
import pytest

from engine.answers import ANSWERS, ledger
from engine.answers.veil import NOT_SHOWN
from engine.errors import NotAllowed
from engine.facets import COLUMNS, KPIS, QUESTIONS
from engine.kpis import BOOK
from engine.roles import FACETS, ROLES, hidden_from
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from tests.access import given

ABOUT = {"credit": "credit", "ctm": "dealer_profit", "dealer_profit": "dealer_profit", "cash_bridge": "cash", "purchases": "cost"}
"""Questions that are refused whole where their facet is hidden."""


def about(question: str) -> frozenset[str]:
    """What a question is about, without which it is refused."""
    named = {ABOUT[question]} if question in ABOUT else set()
    return frozenset(named).union(*(holds.about for name, holds in QUESTIONS.items() if name.endswith(f".{question}")))


NAMED_ALIKE = {name.rpartition(".")[2] for name in QUESTIONS}


def as_role(name: str) -> Scope:
    return Scope(f"a {name}", roles=frozenset({name}), hidden=hidden_from([name]))


def hiding(facet: str) -> Scope:
    return Scope("somebody", hidden=frozenset({facet}))


def figures(question: str, warehouse, facet: str) -> set[str]:
    """The administrator's figures of a facet in an answer, as they would stand in what somebody else is given: long enough not to be there by chance."""
    answer, found = ANSWERS[question](warehouse, Selection(), EVERYTHING), set()
    if not any(facet in holds.holds for name, holds in QUESTIONS.items() if name.endswith(f".{question}") or question not in NAMED_ALIKE):
        return found  # a column of that name means something else there
    for frame in (answer.frame, *answer.extra.values()):
        for name in frame.columns:
            if facet in COLUMNS.get(name, ()) and frame.schema[name] == pl.Float64:
                found |= {repr(value) for value in frame[name].drop_nulls().to_list() if len(repr(value)) > 6}
    found |= {repr(tile.value) for tile in answer.tiles if facet in KPIS.get(tile.kpi, ()) and tile.value is not None and len(repr(tile.value)) > 6}
    return found


@pytest.mark.parametrize("facet", ["margin", "cost", "sales_value", "dealer_profit", "credit"])
def test_no_figure_of_a_hidden_facet_is_in_an_answer(canaries, facet):
    scope, seen = hiding(facet), {}
    for question in ANSWERS:
        if question == "explain" or (facet in ("margin", "sales_value") and ABOUT.get(question) == "dealer_profit"):
            continue  # sales and margins of the dealers themselves are what dealers earn
        try:
            told = given.of_answer(ANSWERS[question](canaries, Selection(), scope)).decode()
        except NotAllowed:
            assert facet in about(question), question
            continue
        # A figure may also be one that is not hidden, such as a quantity times a round price: it must not stand there as often as before.
        hits = {value for value in figures(question, canaries, facet) if value in told}
        whole = given.of_answer(ANSWERS[question](canaries, Selection(), EVERYTHING)).decode() if hits else ""
        hits = {value for value in hits if told.count(value) >= whole.count(value)}
        if hits:
            seen[question] = sorted(hits)[:5]
    assert seen == {}


@pytest.mark.parametrize("role", [name for name in ROLES if ROLES[name].hidden])
def test_every_answer_can_be_given_to_every_role_as_workbook_and_text(canaries, role):
    for question in ANSWERS:
        try:
            answer = ANSWERS[question](canaries, Selection(), as_role(role))
        except NotAllowed:
            continue
        assert role not in ("planner", "customer_service") or given.of_documents(answer, role)
        described = {column.name for column in answer.columns if not column.is_hidden}
        own_meaning = {"margin_share"} if ABOUT.get(question) == "dealer_profit" else {"over_value", "is_within"} if question == "order_check" else set()
        assert [name for name in described - own_meaning if COLUMNS.get(name, frozenset()) & ROLES[role].hidden] == [], question


def test_a_customer_service_reads_quantities_and_days_but_neither_cost_nor_margin(canaries):
    answer = ANSWERS["health"](canaries, Selection(), as_role("customer_service"))
    assert answer.frame["stock_value"].null_count() == answer.frame.height
    assert answer.frame["turns"].null_count() < answer.frame.height
    assert answer.frame["net_sales"].null_count() < answer.frame.height
    tiles = {tile.kpi: tile for tile in answer.tiles}
    assert tiles["stock_value"].value is None
    assert tiles["stock_value"].why_unknown == NOT_SHOWN
    assert tiles["stock_value"].series == ()
    assert tiles["turns"].value is not None
    assert not re.search(r"_money", answer.headline.to_json())
    assert answer.extra["trend_stock_value"]["actual"].null_count() == answer.extra["trend_stock_value"].height
    assert answer.extra["trend_days_of_supply_backward"]["actual"].null_count() < answer.extra["trend_days_of_supply_backward"].height


def test_a_buyer_sees_costs_but_no_sales_in_money(canaries):
    answer = ANSWERS["health"](canaries, Selection(), as_role("purchasing"))
    assert answer.frame["stock_value"].null_count() < answer.frame.height
    assert answer.frame["net_sales"].null_count() == answer.frame["margin_share"].null_count() == answer.frame.height


def test_a_planner_works_at_the_desk_without_what_dealers_owe(canaries):
    answer = ANSWERS["dealer_desk"](canaries, Selection(), as_role("planner"))
    assert answer.frame["overdue_value"].null_count() == answer.frame.height
    assert answer.frame["risk_value"].null_count() == answer.frame.height, "what is overdue follows from the sum"
    assert answer.frame["out_value"].null_count() < answer.frame.height
    measured = {one.label.text: one for one in answer.facts["measures"]}
    assert measured["Overdue"].value is None
    assert measured["Sales at risk"].value is not None


def test_the_start_page_does_not_speak_of_what_is_hidden(canaries):
    pages = {alert.page for alert in ANSWERS["start"](canaries, Selection(), EVERYTHING).alerts}
    hidden = {alert.page for alert in ANSWERS["start"](canaries, Selection(), as_role("planner")).alerts}
    assert "credit" in pages
    assert "credit" not in hidden


@pytest.mark.parametrize("kpi", [name for name in BOOK if KPIS[name]])
def test_a_hidden_kpi_is_not_explained(canaries, kpi):
    with pytest.raises(NotAllowed):
        ANSWERS["explain"](canaries, Selection(), hiding(sorted(KPIS[kpi])[0]), kpi)


def test_the_arithmetic_of_a_ratio_does_not_give_its_money_away(canaries):
    answer = ANSWERS["explain"](canaries, Selection(), as_role("customer_service"), "turns")
    assert answer.facts["shown"] is not None
    assert answer.facts["arithmetic"] == NOT_SHOWN
    assert answer.frame["value"].null_count() == answer.frame.height


def test_the_totals_of_the_ledger_are_shown_to_who_may_see_them(canaries):
    home, totals = str(canaries.home.path), (("net_sales", given.MADE.date().replace(month=10, day=1), 1000.0),)
    assert len(ledger.differences(home, totals, EVERYTHING)) == 1
    assert ledger.differences(home, totals, as_role("purchasing")) == ()
    assert ledger.differences(home, totals, Scope("manager", regions=frozenset({"Regi1onx"}))) == ()


def test_a_question_that_nobody_classified_shows_no_money_to_who_is_not_shown_everything():
    from engine.answers.veil import EVERYTHING_HELD
    from engine.facets import of_column

    assert of_column("some_new_value", EVERYTHING_HELD) == set(FACETS)
    assert of_column("some_new_qty", EVERYTHING_HELD) == set()
