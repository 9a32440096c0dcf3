"""The cycle in the records: locks, reopening, and two people who change the same plan."""

import threading
from datetime import date

import pytest

from engine.answers import records
from engine.answers.meeting import changes, cycles
from engine.errors import BadUse, Impossible, NotAllowed, NotKept
from engine.scope import EVERYTHING, Scope
from engine.settings import DEFAULTS, Settings
from engine.sop.cycle import OPEN, SIGNED, STALE, STEPS, Step
from engine.sop.overrides import Cell

MONTH, NOVEMBER = date(2025, 10, 1), date(2025, 11, 1)
LI, WANG = Scope(who="Li"), Scope(who="Wang")
SETTINGS = Settings()
PRICES = {"L1": 10.0}


@pytest.fixture
def cycle(home: str) -> str:
    cycles.open_cycle(home, MONTH, dict.fromkeys(STEPS, "Li"), {}, [("Li", "S&OP manager")], LI, 1)
    return home


def steps(home: str, inputs: dict[str, str] | None = None) -> dict[str, Step]:
    return {step.name: step for step in cycles.steps(home, MONTH, {}, inputs or {})}


def sign(home: str, name: str, who: Scope = LI) -> None:
    cycles.sign(home, MONTH, steps(home)[name], "abc", who, 1)


def cell(value: float, **more) -> Cell:
    return Cell("L1", NOVEMBER, "sales", "set", value, 100.0, "deal", "a large one", **more)


def test_a_cycle_is_signed_step_by_step_by_name(cycle: str):
    sign(cycle, "report")
    assert (steps(cycle)["report"].state, steps(cycle)["demand"].state) == (SIGNED, OPEN)
    assert steps(cycle)["report"].signed.who == "Li"
    with pytest.raises(NotAllowed, match="who you are"):
        sign(cycle, "demand", EVERYTHING)


def test_two_who_sign_or_reopen_at_once_are_told_of_each_other(cycle: str):
    seen = steps(cycle)["report"]
    cycles.sign(cycle, MONTH, seen, "", LI, 1)
    with pytest.raises(NotKept, match="Li"):
        cycles.sign(cycle, MONTH, seen, "", WANG, 1)


def test_reopening_is_recorded_and_makes_later_sign_offs_stale(cycle: str):
    for name in ("report", "demand", "supply"):
        sign(cycle, name)
    cycles.reopen(cycle, MONTH, steps(cycle)["demand"], "A deal was signed", WANG, 2)
    assert steps(cycle)["demand"].state == OPEN
    assert steps(cycle)["supply"].state == STALE
    assert [(row.step, row.is_signed, row.who) for row in cycles.history(cycle, MONTH)][-1] == ("demand", False, "Wang")


def test_figures_that_change_after_a_sign_off_make_it_stale(cycle: str):
    sign(cycle, "report")
    assert steps(cycle, {"report": "abc"})["report"].state == SIGNED
    assert steps(cycle, {"report": "other"})["report"].state == STALE


def test_the_executive_step_is_signed_only_by_who_may_approve(cycle: str):
    for name in STEPS[:-1]:
        sign(cycle, name)
    planner = Scope(who="Li", roles=frozenset({"planner"}))
    with pytest.raises(NotAllowed):
        cycles.sign(cycle, MONTH, steps(cycle)["executive"], "", planner, 1)
    cycles.sign(cycle, MONTH, steps(cycle)["executive"], "", Scope(who="Chen", roles=frozenset({"executive"})), 1)


def test_who_sees_own_rows_only_neither_reads_nor_changes_the_plan_of_the_company(cycle: str):
    manager = Scope(who="Zhao", regions=frozenset({"North"}), roles=frozenset({"sales_manager"}))
    with pytest.raises(NotAllowed):
        changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, manager, 1)


def test_days_out_of_order_and_unknown_steps_are_refused(home: str):
    with pytest.raises(BadUse, match="order"):
        cycles.open_cycle(home, MONTH, {}, {"report": date(2025, 11, 9), "demand": date(2025, 11, 5)}, [], LI, 1)
    with pytest.raises(BadUse, match="no step"):
        cycles.open_cycle(home, MONTH, {"lunch": "Li"}, {}, [], LI, 1)


def test_demand_is_changed_only_while_its_step_is_open(cycle: str):
    with pytest.raises(Impossible, match="waits"):
        changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    sign(cycle, "report")
    changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    sign(cycle, "demand")
    with pytest.raises(Impossible, match="closed"):
        changes.save(cycle, MONTH, [cell(130.0, seen=changes.seen_ids(cycle, MONTH)["L1", NOVEMBER, "sales"])], PRICES, SETTINGS, LI, 1)


def test_a_change_keeps_author_reason_and_words_and_reaches_the_plan(cycle: str):
    sign(cycle, "report")
    saved = changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    assert (len(saved.kept), saved.conflicts) == (1, ())
    (found,) = changes.of_cycle(cycle, MONTH)
    assert (found.family, found.month, found.value, found.author, found.reason, found.text) == ("L1", NOVEMBER, 120.0, "Li", "deal", "a large one")


def test_the_slower_of_two_is_shown_the_conflict_and_loses_nothing(cycle: str):
    sign(cycle, "report")
    changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    other = Cell("L1", date(2025, 12, 1), "sales", "set", 90.0, 100.0, "event", "festival")
    saved = changes.save(cycle, MONTH, [cell(140.0), other], PRICES, SETTINGS, WANG, 1)
    (conflict,) = saved.conflicts
    assert (conflict.mine.value, conflict.theirs, conflict.who) == (140.0, 120.0, "Li")
    assert saved.kept == (other,)
    assert records.draft(cycle, WANG, f"override {changes.subject_of(MONTH, cell(140.0))}")["value"] == 140.0
    again = changes.save(cycle, MONTH, [cell(140.0, seen=conflict.record_id)], PRICES, SETTINGS, WANG, 1)
    assert again.conflicts == ()
    assert records.draft(cycle, WANG, f"override {changes.subject_of(MONTH, cell(140.0))}") is None
    assert [kept.who for kept in changes.trail(cycle, MONTH, "L1")][:1] == ["Li"]


def test_many_who_write_the_same_cell_at_once_leave_one_value_and_a_conflict_for_each_other(cycle: str):
    sign(cycle, "report")
    results: list[changes.Saved] = []

    def write(number: int) -> None:
        results.append(changes.save(cycle, MONTH, [cell(100.0 + 10 * number)], PRICES, SETTINGS, Scope(who=f"P{number}"), 1))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sum(len(saved.kept) for saved in results) == 1
    assert sum(len(saved.conflicts) for saved in results) == 5
    (standing,) = changes.of_cycle(cycle, MONTH)
    assert {conflict.theirs for saved in results for conflict in saved.conflicts} == {standing.value}


def test_one_bad_change_keeps_none_of_them(cycle: str):
    sign(cycle, "report")
    unexplained = Cell("L1", date(2025, 12, 1), "sales", "set", 500.0, 100.0)
    with pytest.raises(Impossible, match="reason"):
        changes.save(cycle, MONTH, [cell(120.0), unexplained], PRICES, SETTINGS, LI, 1)
    assert changes.of_cycle(cycle, MONTH) == []


def test_undo_puts_back_what_stood_there_before_until_the_step_is_signed(cycle: str):
    sign(cycle, "report")
    place = ("L1", NOVEMBER, "sales")
    changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    changes.save(cycle, MONTH, [cell(140.0, seen=changes.seen_ids(cycle, MONTH)[place])], PRICES, SETTINGS, LI, 1)
    subject = changes.subject_of(MONTH, cell(0.0))
    changes.undo(cycle, MONTH, subject, changes.seen_ids(cycle, MONTH)[place], LI, 1)
    assert [each.value for each in changes.of_cycle(cycle, MONTH)] == [120.0]
    sign(cycle, "demand")
    with pytest.raises(Impossible, match="closed"):
        changes.undo(cycle, MONTH, subject, changes.seen_ids(cycle, MONTH)[place], LI, 1)


def test_undo_of_the_only_change_leaves_the_cell_as_it_was(cycle: str):
    sign(cycle, "report")
    changes.save(cycle, MONTH, [cell(120.0)], PRICES, SETTINGS, LI, 1)
    subject = changes.subject_of(MONTH, cell(0.0))
    changes.undo(cycle, MONTH, subject, changes.seen_ids(cycle, MONTH)["L1", NOVEMBER, "sales"], LI, 1)
    assert changes.of_cycle(cycle, MONTH) == []
    with pytest.raises(BadUse, match="no change"):
        changes.undo(cycle, MONTH, subject, changes.seen_ids(cycle, MONTH)["L1", NOVEMBER, "sales"], LI, 1)


def test_thresholds_of_the_meeting_are_settings():
    assert DEFAULTS["override_reason_share"] == 0.05
