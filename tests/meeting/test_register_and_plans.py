"""Decisions, actions and approved plans in the records."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from engine.answers import records
from engine.answers.meeting import cycles, plans, register
from engine.errors import BadUse, Impossible, NotAllowed, NotKept
from engine.scope import Scope
from engine.sop.decisions import Card, Choice, Option, card_of, choice_of
from engine.sop.minutes import merged

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


def test_lines_that_two_people_write_at_once_are_all_kept(cycle: str):
    """Each of two writers adds ten lines as fast as they can."""

    def write(who: str) -> None:
        for number in range(10):
            line = f"{who} {number}"
            register.minute(cycle, MONTH, "executive", lambda now, line=line: {"parked": [*(now.get("parked") or ()), line]}, Scope(who=who), 1)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ("Li", "Chen")))
    kept = register.minutes(cycle, MONTH, "executive")["parked"]
    assert sorted(kept) == sorted(f"{who} {number}" for who in ("Li", "Chen") for number in range(10))


def test_what_another_wrote_since_one_looked_stays_and_what_both_wrote_differently_is_told(cycle: str):
    register.minute(cycle, MONTH, "executive", {"attended": ["Li"]}, LI, 1)
    seen = register.minutes_seen(cycle, MONTH, "executive")
    register.minute(cycle, MONTH, "executive", {"score": 5, "attended": ["Li", "Chen"]}, CHEN, 1, seen)
    register.minute(cycle, MONTH, "executive", {"improvement": "Start on time", "attended": ["Li", "Wang"]}, LI, 1, seen)
    assert register.minutes(cycle, MONTH, "executive") == {"attended": ["Li", "Chen", "Wang"], "score": 5, "improvement": "Start on time"}
    with pytest.raises(NotKept, match=r"Meanwhile Chen wrote “5” there \(Score\); you wrote “4”"):
        register.minute(cycle, MONTH, "executive", {"score": 4}, LI, 1, seen)
    assert register.minutes(cycle, MONTH, "executive")["score"] == 5, "theirs stands"
    register.minute(cycle, MONTH, "executive", {"score": 4}, LI, 1, register.minutes_seen(cycle, MONTH, "executive"))
    assert register.minutes(cycle, MONTH, "executive")["score"] == 4, "whoever has seen it may replace it"


def test_a_first_line_that_somebody_wrote_meanwhile_is_not_written_over(cycle: str):
    register.minute(cycle, MONTH, "executive", {"score": 3}, CHEN, 1)
    with pytest.raises(NotKept, match="Chen wrote"):
        register.minute(cycle, MONTH, "executive", {"score": 4}, LI, 1, 0)


def test_two_people_who_mark_and_spend_at_once_lose_nothing(cycle: str, monkeypatch: pytest.MonkeyPatch):
    """Between one's look and one's writing the other writes."""
    honest, writers = records.record, iter([lambda: register.minute(cycle, MONTH, "must_serve", {"orders": {"O2/1": 2.0}}, CHEN, 1)])

    def overtaken(*args, **more):
        faster = next(writers, None)
        if faster is not None:
            faster()
        return honest(*args, **more)

    monkeypatch.setattr(records, "record", overtaken)
    register.minute(cycle, MONTH, "must_serve", {"orders": {"O1/1": 5.0}}, LI, 1)
    assert register.minutes(cycle, MONTH, "must_serve") == {"orders": {"O2/1": 2.0, "O1/1": 5.0}}


def test_minutes_of_two_are_put_together_line_by_line():
    before, theirs = {"parked": ["a", "b"], "used": {"x": 1.0}}, {"parked": ["a", "b", "c"], "used": {"x": 2.0}}
    found, both = merged(before, theirs, {"parked": ["b", "d"], "used": {"x": 1.0, "y": 3.0}})
    assert (found, both) == ({"parked": ["b", "c", "d"], "used": {"x": 2.0, "y": 3.0}}, ())
    found, both = merged(before, theirs, {"used": {"x": 4.0}})
    assert (found, both) == (theirs, ("used/x",))


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
