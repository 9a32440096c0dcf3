"""The plan of record of the demo: approved, then moved by hand, and what moved it."""

from datetime import date

import pytest

from engine.answers import ANSWERS
from engine.answers.meeting import changes, cycles, plan_of_record, plans, standing
from engine.errors import BadUse, NotKept
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.overrides import Cell
from engine.store.warehouse import open_warehouse

LI = Scope(who="Li")


def moved(warehouse, *names: str):
    return ANSWERS["plan_waterfall"](warehouse, Selection(), EVERYTHING, *names)


def test_an_approved_plan_is_what_was_shown_and_what_moves_it_later_is_told_by_cause(demo_meeting):
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    assert moved(warehouse).facts["before"] == ""
    month = ANSWERS["cycle"](warehouse, Selection(), EVERYTHING).facts["month"]
    cycles.open_cycle(home, month, {}, {}, [], LI, 1)
    version = plan_of_record.approve(home, month, LI, 0)
    shown = ANSWERS["demand_plan"](warehouse, Selection(), EVERYTHING).frame
    frozen = plans.frames_of(home, version)["demand"]
    assert frozen["demand_qty"].sum() == pytest.approx(shown["demand_qty"].sum(), rel=1e-9)
    assert moved(warehouse).frame["change_qty"].abs().sum() == pytest.approx(0.0, abs=1e-3)
    with pytest.raises(NotKept, match="Li approved"):
        plan_of_record.approve(home, month, LI, 0)

    step, inputs = standing.signing(warehouse, LI, month, "report")
    cycles.sign(home, month, step, inputs, LI, 1)
    row = shown.filter(shown["demand_qty"] > 0).row(0, named=True)
    cell = Cell(row["family"], row["month"], "sales", "add", 1000.0, row["demand_qty"], "deal", "a large one")
    changes.save(home, month, [cell], {}, demo_meeting.settings(), LI, 1)
    answer = moved(warehouse)
    assert [cause for cause, qty in zip(plan_of_record.CAUSES, answer.frame["change_qty"], strict=True) if abs(qty) > 1] == ["overrides"]
    assert answer.facts["after_qty"] - answer.facts["before_qty"] == pytest.approx(1000.0)
    (line,) = answer.extra["lines"].to_dicts()
    assert (line["family"], line["month"], line["change_qty"]) == (row["family"], row["month"], pytest.approx(1000.0))
    assert version.name in str(answer.headline)

    second = plan_of_record.approve(home, month, LI, version.record_id)
    assert moved(warehouse, version.name, second.name).frame["change_qty"].sum() == pytest.approx(1000.0)
    assert moved(warehouse).extra["versions"]["name"].to_list() == [second.name, version.name]


def test_a_plan_of_another_month_or_name_is_refused(demo_meeting):
    warehouse, home = open_warehouse(demo_meeting), str(demo_meeting.path)
    with pytest.raises(BadUse, match="begins with"):
        plan_of_record.approve(home, date(2031, 1, 1), LI, 0)
    with pytest.raises(BadUse, match="no approved plan"):
        moved(warehouse, "2031-01-1")
