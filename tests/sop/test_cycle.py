"""The cycle of a month: who may do what when, and what a later change does to what was signed."""

from datetime import UTC, date, datetime

import pytest

from engine.errors import Impossible
from engine.messages import message
from engine.sop.cycle import OPEN, SIGNED, STALE, STEPS, WAITING, Check, Plan, SignOff, current, due_days, may_edit, may_reopen, may_sign, steps

MONTH = date(2025, 10, 1)


def row(number: int, step: str, is_signed: bool = True, reason: str = "", inputs: str = "") -> SignOff:
    return SignOff(number, step, is_signed, "Li", datetime(2025, 11, 3, tzinfo=UTC), reason, inputs, 7)


def states(*rows: SignOff, checks=None, inputs=None) -> dict[str, str]:
    return {step.name: step.state for step in steps(Plan(MONTH), rows, checks or {}, inputs or {})}


def test_only_the_first_step_of_a_new_cycle_is_open():
    assert states() == {"report": OPEN, "demand": WAITING, "supply": WAITING, "pre_meeting": WAITING, "executive": WAITING}


def test_signing_a_step_closes_it_and_opens_the_next():
    found = steps(Plan(MONTH), [row(1, "report")], {}, {})
    assert [step.state for step in found] == [SIGNED, OPEN, WAITING, WAITING, WAITING]
    assert current(found).name == "demand"
    with pytest.raises(Impossible, match="closed"):
        may_edit(found[0])
    may_edit(found[1])
    with pytest.raises(Impossible, match="waits"):
        may_edit(found[2])


def test_a_step_is_not_signed_before_the_one_before_it_nor_twice_nor_unfinished():
    lacking = {"report": (Check("sales", message("Sales of the month are loaded."), False), Check("budget", message("There is a budget."), False, False))}
    first, second, *_ = steps(Plan(MONTH), [], lacking, {})
    with pytest.raises(Impossible, match="Sales of the month"):
        may_sign(first)
    with pytest.raises(Impossible, match="before this one"):
        may_sign(second)
    signed = steps(Plan(MONTH), [row(1, "report")], {}, {})[0]
    with pytest.raises(Impossible, match="already"):
        may_sign(signed)


def test_a_check_that_cannot_be_said_keeps_a_step_from_being_signed_only_where_it_is_needed():
    unknown = Check("recipes", message("Recipes are there."), None, is_needed=False)
    may_sign(steps(Plan(MONTH), [], {"report": (unknown,)}, {})[0])
    needed = Check("recipes", message("Recipes are there."), None)
    with pytest.raises(Impossible):
        may_sign(steps(Plan(MONTH), [], {"report": (needed,)}, {})[0])


def test_reopening_opens_the_step_and_makes_every_later_sign_off_stale():
    rows = [row(1, "report"), row(2, "demand"), row(3, "supply"), row(4, "demand", False, "Two deals were signed")]
    found = {step.name: step for step in steps(Plan(MONTH), rows, {}, {})}
    assert (found["report"].state, found["demand"].state, found["supply"].state) == (SIGNED, OPEN, STALE)
    assert "Two deals were signed" in str(found["supply"].why_stale)
    assert current(tuple(found.values())).name == "demand"


def test_a_stale_sign_off_stays_stale_until_it_is_given_anew():
    rows = [row(1, "report"), row(2, "demand"), row(3, "supply"), row(4, "demand", False, "x"), row(5, "demand")]
    assert states(*rows)["supply"] == STALE
    assert states(*rows, row(6, "supply"))["supply"] == SIGNED


def test_a_step_that_is_stale_may_be_signed_again_and_is_not_open_for_editing():
    rows = [row(1, "report"), row(2, "demand"), row(3, "report", False, "x"), row(4, "report")]
    demand = steps(Plan(MONTH), rows, {}, {})[1]
    assert demand.state == STALE
    may_sign(demand)
    with pytest.raises(Impossible, match="closed"):
        may_edit(demand)


def test_a_sign_off_on_figures_that_have_changed_is_stale():
    rows = [row(1, "report", inputs="abc")]
    assert states(*rows, inputs={"report": "abc"})["report"] == SIGNED
    assert states(*rows, inputs={"report": "xyz"})["report"] == STALE
    assert states(*rows)["report"] == SIGNED


def test_reopening_takes_a_reason_and_something_to_reopen():
    signed, waiting, *_ = steps(Plan(MONTH), [row(1, "report")], {}, {})
    with pytest.raises(Impossible, match="why"):
        may_reopen(signed, "  ")
    with pytest.raises(Impossible, match="open"):
        may_reopen(waiting, "because")
    may_reopen(signed, "Sales were loaded late")


def test_all_steps_signed_leaves_the_last_one_as_the_present():
    rows = [row(number, name) for number, name in enumerate(STEPS, 1)]
    assert current(steps(Plan(MONTH), rows, {}, {})).name == "executive"


def test_steps_are_due_on_working_days_of_the_cycle_s_month():
    working = [date(2025, 11, day) for day in range(1, 31) if date(2025, 11, day).weekday() < 5]
    november = date(2025, 11, 1)
    due = due_days(november, working, (3, 8, 12, 15, 18))
    assert due["report"] == date(2025, 11, 5)
    assert due["executive"] == date(2025, 11, 26)
    assert due_days(november, working[:4], (3, 8, 12, 15, 18))["executive"] == working[3]
    assert due_days(november, [], (3, 8, 12, 15, 18)) == {}
    late = steps(Plan(MONTH, due=due), [], {}, {})[0]
    assert late.is_late(date(2025, 11, 6))
    assert not late.is_late(date(2025, 11, 5))
