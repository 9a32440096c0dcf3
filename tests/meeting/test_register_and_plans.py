"""Decisions, actions and approved plans in the records."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from engine.answers.meeting import cycles, plans, register
from engine.errors import BadUse, Impossible, NotAllowed, NotKept
from engine.scope import Scope
from engine.sop.decisions import Card, Choice, Option, card_of, choice_of

MONTH = date(2025, 10, 1)
TODAY = date(2025, 11, 20)
LI, CHEN = Scope(who="Li"), Scope(who="Chen", roles=frozenset({"executive"}))
PLANNER = Scope(who="Sun", roles=frozenset({"planner"}))
CARD = Card("How do we serve the peak?", (Option("A", "Overtime", {"margin": 4.0}), Option("B", "Build earlier", {"margin": 7.0})), "B")
FRAMES = {"demand": pl.DataFrame({"note": ["b", "a"], "family": ["L1", "L1"], "month": [date(2025, 11, 1), date(2025, 12, 1)], "qty": [100.0, None]})}


@pytest.fixture
def cycle(home: str) -> str:
    cycles.open_cycle(home, MONTH, {}, {}, [], LI, 1)
    return home


def test_a_decision_is_brought_decided_and_becomes_an_action(cycle: str):
    brought = register.bring(cycle, MONTH, CARD, PLANNER, 3)
    choice = Choice("B", "Wang", date(2025, 12, 15), date(2026, 2, 1), {"revenue": 10.0})
    register.decide(cycle, brought.subject, brought.id, choice, TODAY, CHEN, 3)
    (found,) = register.lines(cycle, "decision", MONTH)
    assert (found.said["state"], choice_of(found.said), card_of(found.said), found.version) == ("decided", choice, CARD, 3)
    (action,) = register.lines(cycle, "meeting_action")
    assert (action.said["owner"], action.said["due_on"], action.said["decision"]) == ("Wang", "2025-12-15", brought.subject)
    assert "Build earlier" in action.said["what"]


def test_a_decision_without_owner_or_day_is_refused_and_nothing_is_kept(cycle: str):
    brought = register.bring(cycle, MONTH, CARD, PLANNER, 3)
    for wrong in (Choice("B", "", TODAY), Choice("B", "Wang", None)):
        with pytest.raises(Impossible):
            register.decide(cycle, brought.subject, brought.id, wrong, TODAY, CHEN, 3)
    assert register.lines(cycle, "decision")[0].said["state"] == "open"
    assert register.lines(cycle, "meeting_action") == []


def test_only_who_may_approve_decides_and_the_slower_of_two_is_told(cycle: str):
    brought = register.bring(cycle, MONTH, CARD, PLANNER, 3)
    choice = Choice("A", "Wang", TODAY)
    with pytest.raises(NotAllowed):
        register.decide(cycle, brought.subject, brought.id, choice, TODAY, PLANNER, 3)
    register.decide(cycle, brought.subject, brought.id, choice, TODAY, CHEN, 3)
    with pytest.raises(NotKept, match="Chen"):
        register.decide(cycle, brought.subject, brought.id, choice, TODAY, CHEN, 3)


def test_a_decision_is_deferred_or_refused_with_a_reason(cycle: str):
    brought = register.bring(cycle, MONTH, CARD, PLANNER, 3)
    with pytest.raises(Impossible, match="why"):
        register.put_off(cycle, brought.subject, brought.id, "refused", " ", CHEN, 3)
    kept = register.put_off(cycle, brought.subject, brought.id, "refused", "Too dear", CHEN, 3)
    assert (kept.said["state"], kept.said["reason"]) == ("refused", "Too dear")


def test_an_action_needs_what_who_and_when_and_is_dropped_with_a_reason(cycle: str):
    for wrong in ({"what": "x", "owner": "y"}, {"owner": "y", "due_on": TODAY}, {"what": "x", "due_on": TODAY}):
        with pytest.raises(Impossible):
            register.act(cycle, MONTH, wrong, LI, 1)
    action = register.act(cycle, MONTH, {"what": "Call", "owner": "Wang", "due_on": TODAY}, LI, 1)
    with pytest.raises(Impossible, match="why"):
        register.move(cycle, action.subject, action.id, "dropped", "", LI, 1)
    done = register.move(cycle, action.subject, action.id, "done", "", LI, 1)
    assert done.said["state"] == "done"
    with pytest.raises(NotKept):
        register.move(cycle, action.subject, action.id, "open", "", LI, 1)


def test_a_risk_of_130_percent_is_refused(cycle: str):
    with pytest.raises(Impossible, match=r"1\.3|130"):
        register.expect(cycle, MONTH, "Frost", 1.3, -5.0, "", "Li", LI, 1)


def test_numbers_go_on_after_a_line_was_withdrawn(cycle: str):
    first = register.assume(cycle, MONTH, "No frost", "Li", LI, 1)
    register.take_off(cycle, "assumption", first.subject, first.id, LI, 1)
    assert register.assume(cycle, MONTH, "No strike", "Li", LI, 1).number == 2
    with pytest.raises(BadUse):
        register.line(cycle, "assumption", first.subject)


def test_nothing_is_registered_for_a_cycle_that_was_not_opened(home: str):
    with pytest.raises(BadUse, match="not opened"):
        register.assume(home, MONTH, "No frost", "Li", LI, 1)


def test_minutes_grow_and_a_meeting_is_scored_from_one_to_five(cycle: str):
    register.minute(cycle, MONTH, "executive", {"attended": ["Li"], "used": {"promises": 9.5}}, LI, 1)
    register.minute(cycle, MONTH, "executive", {"score": 4}, LI, 1)
    assert register.minutes(cycle, MONTH, "executive") == {"attended": ["Li"], "used": {"promises": 9.5}, "score": 4}
    with pytest.raises(Impossible):
        register.minute(cycle, MONTH, "executive", {"score": 6}, LI, 1)


def test_an_approved_plan_is_frozen_with_its_fingerprint_and_comes_back_as_it_was(cycle: str):
    version = plans.freeze(cycle, MONTH, FRAMES, "inputs", CHEN, 7, 0)
    assert (version.name, version.who, version.warehouse) == ("2025-10-1", "Chen", 7)
    assert plans.frames_of(cycle, version)["demand"].equals(FRAMES["demand"])
    again = plans.freeze(cycle, MONTH, {"demand": FRAMES["demand"].fill_null(5.0)}, "inputs", CHEN, 8, version.record_id)
    assert [each.name for each in plans.versions(cycle)] == ["2025-10-1", "2025-10-2"]
    assert plans.before(cycle, date(2025, 11, 1)) == again
    assert plans.before(cycle, MONTH) is None


def test_two_approvals_at_once_are_one_and_the_other_is_told_whose(cycle: str):
    plans.freeze(cycle, MONTH, FRAMES, "", CHEN, 7, 0)
    with pytest.raises(NotKept, match="Chen approved"):
        plans.freeze(cycle, MONTH, FRAMES, "", Scope(who="Ma"), 7, 0)


def test_a_plan_without_figures_or_by_whom_it_is_not_theirs_is_refused(cycle: str):
    with pytest.raises(BadUse):
        plans.freeze(cycle, MONTH, {}, "", CHEN, 7, 0)
    with pytest.raises(NotAllowed):
        plans.freeze(cycle, MONTH, FRAMES, "", PLANNER, 7, 0)


def test_figures_that_are_not_those_that_were_approved_are_not_shown(cycle: str):
    version = plans.freeze(cycle, MONTH, FRAMES, "", CHEN, 7, 0)
    engine = sa.create_engine(f"sqlite:///{cycle}/records/records.db")
    with engine.begin() as connection:
        for (name,) in connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").all():
            connection.exec_driver_sql(f'drop trigger "{name}"')
        connection.exec_driver_sql("update records set payload = replace(payload, '100.0', '200.0') where kind = 'plan'")
    engine.dispose()
    with pytest.raises(NotKept, match="not those that were approved"):
        plans.frames_of(cycle, version)
