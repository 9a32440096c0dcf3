"""What the meetings decided and agreed, with what became of it, on a company whose sales are known."""

import shutil
from datetime import date, timedelta

import pytest

from engine.answers import ANSWERS
from engine.answers.meeting import cycles, register
from engine.answers.meeting.promises import last_whole_month, realised
from engine.answers.source import forget, source_of
from engine.errors import NotAllowed
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.decisions import Card, Choice, Option
from engine.store.home import RECORDS_VARIABLE
from engine.store.records import opening
from tests.small_warehouse import published

AUGUST, SEPTEMBER, OCTOBER = date(2025, 8, 1), date(2025, 9, 1), date(2025, 10, 1)
LI = Scope(who="Li")
CARD = Card("Promote line L1?", (Option("A", "Yes"), Option("B", "No")), "A", family="L1")


def rows(names: str, *lines: tuple) -> list[dict]:
    return [dict(zip(names.split(), line, strict=True)) for line in lines]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    return published(
        tmp_path_factory.mktemp("company") / "home",
        {
            "products": rows("sku product_name sphere product_group line_id unit_cost", ("A1", "One", "S", "G", "L1", 6), ("B1", "Two", "S", "G", "L2", 3)),
            "dealers": rows("dealer_id dealer_name region", ("D1", "First", "North")),
            "locations": rows("location_id location_name kind", ("P1", "Plant", "plant")),
            "sales": rows(
                "shipped_on dealer_id sku qty net_value cost_value",
                (date(2025, 9, 10), "D1", "A1", 10, 100, 60), (date(2025, 9, 20), "D1", "B1", 5, 40, 15), (date(2025, 10, 31), "D1", "A1", 1, 10, 6),
            ),
            "stock": rows("counted_on location_id item_id on_hand_qty", (date(2025, 9, 30), "P1", "A1", 50), (date(2025, 9, 30), "P1", "B1", 10)),
        },
    )  # fmt: skip


@pytest.fixture
def warehouse(company, monkeypatch: pytest.MonkeyPatch):
    """The company with a cycle and nothing else in its records."""
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    cycles.open_cycle(str(company.home.path), AUGUST, {}, {}, [], LI, 1)
    yield company
    opening.let_go()
    shutil.rmtree(company.home.records)
    forget()


def decided(warehouse, choice: Choice) -> register.Kept:
    home = str(warehouse.home.path)
    brought = register.bring(home, AUGUST, CARD, LI, 1)
    return register.decide(home, brought.subject, brought.id, choice, date(2025, 8, 25), LI, 1)


def asked(warehouse, name: str, scope: Scope = EVERYTHING):
    return ANSWERS[name](warehouse, Selection(), scope)


def test_what_was_promised_stands_beside_what_happened_in_the_month(warehouse):
    decided(warehouse, Choice("A", "Wang", date(2025, 9, 30), SEPTEMBER, {"revenue": 100.0, "margin": 60.0, "service_share": 0.98}))
    answer = asked(warehouse, "decisions")
    (row,) = answer.frame.to_dicts()
    assert (row["question"], row["option"], row["owner"], row["kept_share"], row["is_late"]) == ("Promote line L1?", "Yes", "Wang", 0.5, True)
    found = {str(each["realised_value"]): each["promise_verdict"] for each in answer.extra["promises"].to_dicts()}
    assert found == {"100.0": "kept", "40.0": "missed", "None": "unknown"}
    assert answer.facts["hit_rate"] == 0.5


def test_a_month_that_is_not_over_tells_nothing_yet(warehouse):
    decided(warehouse, Choice("A", "Wang", date(2030, 1, 31), date(2025, 11, 1), {"revenue": 100.0}))
    answer = asked(warehouse, "decisions")
    assert answer.extra["promises"]["promise_verdict"].to_list() == ["not_yet"]
    assert (answer.frame["kept_share"][0], answer.facts["hit_rate"], answer.facts["late"]) == (None, None, 0)


def test_the_outcome_of_all_lines_and_of_one_differ(warehouse):
    source = source_of(warehouse)
    assert realised(source, EVERYTHING, SEPTEMBER)["revenue"] == 140.0
    assert realised(source, EVERYTHING, SEPTEMBER, "L2")["revenue"] == 40.0
    assert last_whole_month(source) == OCTOBER


def test_actions_come_late_ones_first_and_say_by_how_many_days(warehouse):
    home, today = str(warehouse.home.path), date.today()
    for what, days in (("later", 9), ("late", -3), ("soon", 2)):
        register.act(home, AUGUST, {"what": what, "owner": "Wang", "due_on": today + timedelta(days)}, LI, 1)
    answer = asked(warehouse, "actions")
    assert answer.frame["what"].to_list() == ["late", "soon", "later"]
    assert answer.frame["days_late"].to_list() == [3.0, None, None]
    assert (answer.facts["open"], answer.facts["late"]) == (3, 1)
    register.move(home, answer.facts["subjects"][0], answer.facts["ids"][0], "done", "", LI, 1)
    assert asked(warehouse, "actions").frame["what"].to_list() == ["soon", "later", "late"]


def test_an_action_that_is_done_makes_its_decision_no_longer_late(warehouse):
    decided(warehouse, Choice("A", "Wang", date(2025, 9, 30)))
    assert asked(warehouse, "decisions").facts["late"] == 1
    actions = asked(warehouse, "actions")
    register.move(str(warehouse.home.path), actions.facts["subjects"][0], actions.facts["ids"][0], "done", "", LI, 1)
    assert asked(warehouse, "decisions").facts["late"] == 0


def test_the_company_s_decisions_are_not_for_who_sees_own_rows_only(warehouse):
    for name in ("decisions", "actions"):
        with pytest.raises(NotAllowed):
            asked(warehouse, name, Scope(who="Zhao", regions=frozenset({"North"}), roles=frozenset({"sales_manager"})))


def test_without_any_meeting_the_answers_say_so(warehouse):
    assert asked(warehouse, "decisions").frame.is_empty()
    assert "Nothing" in str(asked(warehouse, "decisions").headline)
