"""Which deadlines there are, whose they are, and who may see them."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from engine.answers import actions, clearance, reminding
from engine.answers.answer import Answer
from engine.answers.meeting import cycles, register
from engine.answers.source import source_of
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.store.home import Home
from engine.store.warehouse import Warehouse
from tests.reminding.conftest import ANNA, TODAY, WANG


def asked(company: Warehouse, scope: Scope = EVERYTHING, mine: bool = False, days: int = 0) -> Answer:
    return reminding.reminders(company, Selection(), scope, mine, TODAY + timedelta(days))


def rules(answer: Answer) -> list[str]:
    named = {said.to_json(): rule for rule, said in reminding.RULES.items()}
    return sorted(named[said] for said in answer.frame["rule"])


def test_every_kind_of_deadline_that_is_near_or_past_is_named_with_its_day(company: Warehouse, home: Home) -> None:
    found = asked(company)
    assert rules(found) == ["action", "complaint", "credit_review", "stock_report"]
    lines = {row["rule"]: row for row in found.frame.iter_rows(named=True)}
    named = {rule: lines[said.to_json()] for rule, said in reminding.RULES.items() if said.to_json() in lines}
    assert {rule: (row["due_on"].isoformat(), row["days_late"]) for rule, row in named.items()} == {
        "action": ("2025-11-12", None), "complaint": ("2025-10-01", 40), "credit_review": ("2025-12-01", None), "stock_report": ("2025-07-30", 103),
    }  # fmt: skip
    assert found.frame["days_late"].to_list() == sorted(found.frame["days_late"].to_list(), key=lambda days: -(days or 0))
    assert str(found.headline) == "2 deadlines have passed, 2 lie ahead."


def test_what_lies_further_ahead_than_the_setting_is_not_told(company: Warehouse, home: Home) -> None:
    assert "action" not in rules(asked(company, days=-20))
    assert "credit_review" not in rules(asked(company, days=-20))
    assert "action" in rules(asked(company, days=-5))


def test_an_action_that_is_done_is_told_no_more(company: Warehouse, home: Home) -> None:
    row = actions.of_dealer(source_of(company), "d2", TODAY).row(0, named=True)
    actions.move(str(home.path), row, "done", ANNA, 1)
    assert "action" not in rules(asked(company))


def test_steps_and_actions_of_the_meeting_are_told_to_their_owners_until_they_are_signed_or_done(company: Warehouse, home: Home) -> None:
    path, month = str(home.path), date(2025, 11, 1)
    due = {"report": date(2025, 11, 5), "demand": date(2025, 11, 12), "supply": date(2025, 12, 20)}
    cycles.open_cycle(path, month, {"report": "Anna", "demand": "王芳"}, due, (), Scope(who="Anna"), 1)
    agreed = register.act(path, month, {"what": "Book the second shift", "owner": "王芳", "due_on": date(2025, 11, 11)}, Scope(who="Anna"), 1)
    of_anna, of_wang = (asked(company, Scope(who=who), mine=True) for who in ("Anna", "王芳"))
    assert [(row["due_on"], row["days_late"]) for row in of_anna.frame.iter_rows(named=True) if "Sign" in row["what"]] == [(date(2025, 11, 5), 5)]
    assert rules(of_wang).count("stage") == 1
    assert any("Book the second shift" in row["what"] for row in of_wang.frame.iter_rows(named=True))
    assert "stage" not in rules(asked(company, Scope(regions=frozenset({"North"})))), "who sees a part of the company is told nothing of its meeting"
    register.move(path, agreed.subject, agreed.id, "done", "", Scope(who="Anna"), 1)
    assert not any("second shift" in row["what"] for row in asked(company).frame.iter_rows(named=True))


def test_clearance_is_told_until_it_is_cleared(company: Warehouse, home: Home) -> None:
    items = pl.DataFrame({"item_id": ["A"], "location_id": ["P"], "class": ["unsold_products"], "qty": [5.0], "value": [50.0]})
    clearance.add(str(home.path), items, TODAY, TODAY + timedelta(5), "王芳", "discount", ANNA, 1)
    assert "clearance" in rules(asked(company, WANG, mine=True))
    assert "clearance" not in rules(asked(company, ANNA, mine=True))
    kept = clearance.clearance(company, Selection(), EVERYTHING).extra["editing"].row(0, named=True)
    clearance.change(str(home.path), kept["subject"], WANG, 1, kept["record_id"], closed_on=TODAY, proceeds_value=1.0)
    assert "clearance" not in rules(asked(company))


def test_who_sees_own_regions_only_is_told_of_no_other_dealer(company: Warehouse, home: Home) -> None:
    north = Scope(who="Ivan", regions=frozenset({"North"}), roles=frozenset({"sales_manager"}), subject="issuer ivan")
    assert rules(asked(company, north)) == ["credit_review", "stock_report"]
    assert all("Хлеб" not in said for said in asked(company, north).frame["what"])
    nowhere = Scope(who="Ivan", regions=frozenset(), roles=frozenset({"sales_manager"}), subject="issuer ivan")
    assert asked(company, nowhere).frame.is_empty()


def test_who_may_not_see_credit_is_told_of_no_credit_review(company: Warehouse, home: Home) -> None:
    without: dict[str, Any] = {"who": "Ivan", "roles": frozenset({"planner"}), "subject": "issuer ivan"}
    assert "credit_review" not in rules(asked(company, Scope(**without, hidden=frozenset({"credit"}))))
    assert "credit_review" in rules(asked(company, Scope(**without)))


def test_a_reminder_tells_no_amount_of_money(company: Warehouse, home: Home) -> None:
    assert {name for name, unit in ((column.name, column.unit) for column in asked(company).columns) if "money" in unit} == set()
    assert all("1000" not in said for said in asked(company).frame["what"])


def test_each_reminder_leads_to_the_page_where_it_is_dealt_with(company: Warehouse, home: Home) -> None:
    from pages.parts import rooms

    known = {page.name for page in rooms.pages()}
    places = asked(company).extra["places"]
    assert set(places["page"]) <= known
    assert places["key"].n_unique() == places.height
