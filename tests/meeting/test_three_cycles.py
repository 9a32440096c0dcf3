"""Three monthly cycles of the demo, end to end: the third meeting opens with what the second promised and what became of it."""

from datetime import date

import polars as pl
import pytest

from engine.answers.meeting import cycles, plans, register
from engine.store.home import RECORDS_VARIABLE
from engine.store.records import opening
from tests.meeting.three_cycles import Month, simulate

AUGUST_ON = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1)]


@pytest.fixture(scope="module")
def months(demo_home, tmp_path_factory) -> list[Month]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(RECORDS_VARIABLE, raising=False)
        done = simulate(tmp_path_factory.mktemp("three") / "home", demo_home)
        yield done
        opening.let_go()


def test_every_cycle_was_opened_signed_and_approved(months):
    path = months[-1].path
    assert cycles.months(path) == AUGUST_ON[::-1]
    assert [version.name for version in plans.versions(path)] == ["2025-09-1", "2025-10-1", "2025-11-1"]
    assert [version.warehouse for version in plans.versions(path)] == [1, 2, 3]
    for month in AUGUST_ON:
        steps = months[-1].ask("cycle", cycles.key(month)).facts["steps"]
        assert all(step.is_closed for step in steps), month


def test_all_families_of_the_demo_were_planned(months):
    frames = [plans.frames_of(months[-1].path, version)["demand"] for version in plans.versions(months[-1].path)]
    assert min(frame["family"].n_unique() for frame in frames) >= 15
    assert all(frame["demand_qty"].null_count() == 0 for frame in frames)


def test_the_third_meeting_opens_with_the_promises_of_the_second_and_their_outcome(months):
    found = months[-1].ask("decisions").extra["promises"].filter(pl.col("cycle") == AUGUST_ON[1])
    verdicts = dict(zip(found["question"], found["promise_verdict"], strict=True))
    assert verdicts["Do we prepare for a better autumn?"] == "missed"
    assert verdicts["Do we plan anew?"] == "kept"
    assert found["realised_value"].null_count() == 0, "October is loaded, so what was promised for it is known"
    opened = next(line for line in months[-1].said if "opened with" in line)
    assert "late" in opened
    of_third = months[-1].ask("decisions").extra["promises"].filter(pl.col("cycle") == AUGUST_ON[2])
    assert set(of_third["promise_verdict"]) == {"not_yet"}, "November is not over"


def test_a_decision_was_refused_and_another_is_late(months):
    decisions = months[-1].ask("decisions").frame
    assert set(decisions.filter(pl.col("decision_state") == "refused")["question"]) == {"Do we build a second packing line?"}
    late = decisions.filter("is_late")
    assert set(late.filter(pl.col("cycle") < AUGUST_ON[2])["question"]) == {"Do we prepare for a better autumn?"}
    assert any("better autumn" in row["what"] and row["is_late"] for row in months[-1].ask("actions").frame.iter_rows(named=True))


def test_a_step_was_reopened_and_what_came_after_it_was_signed_anew(months):
    history = cycles.history(months[-1].path, AUGUST_ON[1])
    told = [(row.step, row.is_signed) for row in history]
    reopened = told.index(("demand", False))
    assert told[reopened + 1 : reopened + 3] == [("demand", True), ("supply", True)]
    assert told.count(("supply", True)) == 2


def test_supply_was_above_demand_below_it_and_a_peak_could_be_smoothed(months):
    assert months[0].short == 0, "where supply is enough, demand is the plan"
    assert months[1].short > 0, "a large deal was above stock and supply"
    assert months[1].raised > 0, "a festival was above what the bottleneck can do"
    assert all(month.built_ahead > 0 for month in months[1:]), "peaks can be built ahead"


def test_every_overload_was_raised_and_brought_for_decision(months):
    issues = register.lines(months[-1].path, "issue")
    assert len(issues) == sum(month.raised for month in months)
    assert {issue.said["state"] for issue in issues} == {"decision"}
