"""Where the cycle of the demo stands, from its data and its records."""

from datetime import date

import pytest

from engine.answers import ANSWERS, people
from engine.answers import demo_meeting as demo
from engine.answers.meeting import cycles, plans, register, standing
from engine.errors import Impossible, NotAllowed
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop import agenda
from engine.sop.cycle import OPEN, SIGNED, STALE, STEPS
from engine.store.warehouse import open_warehouse

LI = Scope(who="Li")


def cycle(warehouse):
    return ANSWERS["cycle"](warehouse, Selection(), EVERYTHING)


def test_a_cycle_is_opened_and_signed_step_by_step(demo_meeting):
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    before = cycle(warehouse)
    month = before.facts["month"]
    assert not before.facts["is_open"]
    proposed = before.facts["proposed"]
    assert [proposed.due[step].month for step in STEPS] == [month.month] * 5
    cycles.open_cycle(home, month, dict.fromkeys(STEPS, "Li"), proposed.due, [("Li", "S&OP manager")], LI, before.version)
    step, inputs = standing.signing(warehouse, LI, month, "report")
    cycles.sign(home, month, step, inputs, LI, before.version)
    answer = cycle(warehouse)
    assert [each.state for each in answer.facts["steps"]][:2] == [SIGNED, OPEN]
    assert answer.extra["history"]["who"].to_list() == ["Li"]
    demand, _ = standing.signing(warehouse, LI, month, "demand")
    unknown = [check for check in demand.checks if check.name == "families"]
    if not unknown[0].is_done:
        with pytest.raises(Impossible, match="not done"):
            cycles.sign(home, month, demand, "", LI, before.version)


def test_what_the_meetings_lack_is_said_until_it_is_written_down(demo_meeting):
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    month = cycle(warehouse).facts["month"]
    cycles.open_cycle(home, month, {}, {}, [], LI, 1)

    def lacking(name: str) -> set[str]:
        step, _ = standing.signing(warehouse, LI, month, name)
        return {check.name for check in step.lacking}

    assert lacking("pre_meeting") == {"agenda", "attendance"}
    register.minute(home, month, "pre_meeting", {"done": [item.name for item in agenda.PRE_MEETING], "attended": ["Li"]}, LI, 1)
    assert lacking("pre_meeting") == set()
    issue = register.raise_issue(home, month, "supply", "Packing is full", [], LI, 1, ["R05"])
    assert lacking("pre_meeting") == {"issues"}
    register.change(home, "issue", issue.subject, issue.id, {"state": "decision"}, LI, 1)
    assert lacking("pre_meeting") == set()
    assert lacking("executive") == {"approval"}
    plans.freeze(home, month, {"demand": warehouse.read("dealers").select("dealer_id")}, "", LI, 1, 0)
    assert lacking("executive") == set()


def test_a_step_that_was_signed_on_other_figures_is_stale(demo_meeting):
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    month = cycle(warehouse).facts["month"]
    cycles.open_cycle(home, month, {}, {}, [], LI, 1)
    step, _ = standing.signing(warehouse, LI, month, "report")
    cycles.sign(home, month, step, "other figures", LI, 1)
    answer = cycle(warehouse)
    assert answer.facts["steps"][0].state == STALE
    assert "stale" in str(answer.headline)


def test_a_month_without_its_data_is_not_done(demo_meeting):
    warehouse = open_warehouse(demo_meeting)
    later = ANSWERS["cycle"](warehouse, Selection(), EVERYTHING, "2031-05")
    report = later.facts["steps"][0]
    assert {check.name for check in report.lacking} == {"sales", "stock"}
    assert later.facts["month"] == date(2031, 5, 1)


def test_the_cycle_is_not_for_who_sees_own_rows_only(demo_meeting):
    with pytest.raises(NotAllowed):
        ANSWERS["cycle"](open_warehouse(demo_meeting), Selection(), Scope(who="Z", regions=frozenset({"North"}), roles=frozenset({"sales_manager"})))


def test_the_demo_begins_with_people_and_an_open_cycle_that_is_due_in_its_month(demo_meeting):
    demo.open_month(demo_meeting, 1)
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    answer = cycle(warehouse)
    assert answer.facts["is_open"]
    assert all(step.owner and step.due_on.month == answer.facts["month"].month for step in answer.facts["steps"])
    assert {step.owner for step in answer.facts["steps"]} == set(people.people(home).values())
    assert answer.facts["steps"][0].lacking == ()
