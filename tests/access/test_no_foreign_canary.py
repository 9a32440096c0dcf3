"""Every answer, workbook, text and explanation as everybody: no word and no amount of somebody else's dealers and regions (SC-1 below the pages)."""

import pytest

from engine.answers import ANSWERS, served, source
from engine.answers.cited_rows import cited_rows
from engine.errors import BadUse, GranaryError, NotAllowed
from engine.kpis import BOOK
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.warehouse import Warehouse
from tests.access import canary, given
from tests.access.canary import Search

REFUSED = {"dealer", "review"}
"""What nobody can be answered who has no dealer."""
OF_DEALERS = ("credit", "dealer_profit", "dealer_desk", "scorecard", "suggested_orders", "replenishment", "plan_changes", "channel_stock")
"""What is answered to whoever has dealers; a question about the company alone may be refused."""


def leaks(warehouse: Warehouse, question: str, scope: Scope, selection: Selection, search: Search, with_documents: bool = False) -> list[str]:
    try:
        answer = ANSWERS[question](warehouse, selection, scope)
    except NotAllowed as fault:
        assert question not in OF_DEALERS, question
        return search.found(str(fault).encode())
    except BadUse as fault:
        assert question in REFUSED, question
        return search.found(str(fault).encode())
    return search.found(given.of_answer(answer)) + (search.found(given.of_documents(answer, "somebody")) if with_documents else [])


@pytest.mark.parametrize("question", [*OF_DEALERS, "dealer", "review"])
def test_the_search_finds_the_canaries_of_others_in_what_an_administrator_gets(canaries, question):
    """Or the tests below would prove nothing."""
    search = Search(canary.SCOPES["one dealer"])
    assert leaks(canaries, question, EVERYTHING, Selection(), search)


@pytest.mark.parametrize("name", [name for name, _ in canary.bounded()])
def test_no_answer_and_no_export_holds_a_canary_of_somebody_else(canaries, name):
    """After an administrator has warmed every cache."""
    scope, search = canary.SCOPES[name], Search(canary.SCOPES[name])
    found = {question: leaks(canaries, question, scope, Selection(), search, name in ("one region", "one dealer")) for question in ANSWERS}
    assert {question: hits for question, hits in found.items() if hits} == {}


@pytest.mark.parametrize("question", ["start", "credit", "dealer_desk", "item", "health"])
def test_nothing_leaks_when_an_administrator_and_a_manager_ask_in_turn_cold_and_warm(canaries, question):
    manager, search = canary.SCOPES["one region"], Search(canary.SCOPES["one region"])
    for turn in range(3):
        if turn == 0:
            source.forget()
        ANSWERS[question](canaries, Selection(), EVERYTHING)
        assert leaks(canaries, question, manager, Selection(), search) == []


@pytest.mark.parametrize("name", ["one region", "one dealer", "nothing"])
def test_no_explanation_of_a_figure_holds_a_canary_of_somebody_else(canaries, name):
    scope, search = canary.SCOPES[name], Search(canary.SCOPES[name])
    found = {kpi: search.found(given.of_answer(ANSWERS["explain"](canaries, Selection(), scope, kpi))) for kpi in BOOK}
    found |= {f"rows of {kpi}": search.found(given.of_answer(cited_rows(canaries, kpi, Selection(), scope))) for kpi in BOOK}
    assert {kpi: hits for kpi, hits in found.items() if hits} == {}


@pytest.mark.parametrize("name", [name for name, _ in canary.bounded()])
def test_what_can_be_chosen_is_ones_own(canaries, name):
    scope = canary.SCOPES[name]
    choices = served.choices(str(canaries.home.path), 1, scope)
    text = "\n".join(str(frame.rows()) for frame in (choices.goods, choices.places, choices.dealers))
    assert Search(scope).found(text.encode()) == []
    assert set(choices.dealers["dealer_id"]) == {f"{canary.word(one)}D" for one in canary.own_dealers(scope)}


FORGED = [
    Selection(where=(("dealer_id", (f"{canary.word('42')}D",)),)),
    Selection(where=(("region", (canary.region(4),)),)),
    Selection(where=(("location_id", (f"{canary.word('42')}L",)),)),
    Selection(where=(("location_id", ("B4",)),)),
    Selection(by=("dealer_id",)),
    Selection(by=("region", "location_id")),
]


@pytest.mark.parametrize("selection", FORGED, ids=str)
def test_a_forged_choice_gives_nothing_of_somebody_else(canaries, selection):
    """What the address or a widget names is not believed: option lists are for comfort (SC-3)."""
    scope, search = canary.SCOPES["one region"], Search(canary.SCOPES["one region"])
    asked = ("kpi", "health") if selection.by else (*OF_DEALERS, "dealer", "review", "start", "item", "ageing", "kpi")
    found = {question: leaks(canaries, question, scope, selection, search) for question in asked}
    # A refusal may repeat what was asked for; it tells nothing that the asker did not say.
    echoed = {value for _, values in selection.where for value in values}
    assert {question: hits for question, hits in found.items() if not all(any(hit in value for value in echoed) for hit in hits)} == {}


def test_a_forged_place_of_an_order_is_refused(canaries):
    with pytest.raises(GranaryError):
        ANSWERS["order_check"](canaries, Selection(), canary.SCOPES["one region"], f"{canary.word('42')}L", ())
