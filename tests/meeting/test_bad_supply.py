"""What the supply step and the meetings do where something cannot be: each case has its outcome, and none of them stops the page."""

import shutil
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.answers.meeting import cycles, plan_of_record, plans, register
from engine.answers.sop import scenarios
from engine.answers.source import forget
from engine.errors import GranaryError, Impossible, NotKept
from engine.messages import Message
from engine.scope import EVERYTHING, Scope
from engine.selection import Selection
from engine.sop.decisions import Card, Choice, Option
from engine.store import versions
from engine.store.home import RECORDS_VARIABLE, Home
from engine.store.records import opening
from engine.store.warehouse import Warehouse, open_warehouse
from tests.small_warehouse import published
from tests.sop.test_plan_answers import AHEAD, MADE, whole

LI, WANG = Scope(who="Li"), Scope(who="Wang")


@pytest.fixture(autouse=True)
def own_records(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(RECORDS_VARIABLE, raising=False)
    yield
    opening.let_go()


def company(folder, change: Callable[[dict], None] = lambda tables: None) -> Warehouse:
    """The small company of the plans, changed, with its cycle opened."""
    forget()
    tables = whole()
    change(tables)
    warehouse = published(folder, tables)
    cycles.open_cycle(str(warehouse.home.path), AHEAD[0], {}, {}, [], LI, 1)
    return warehouse


def ask(warehouse: Warehouse, name: str):
    return ANSWERS[name](warehouse, Selection(), EVERYTHING)


def test_a_family_of_which_nobody_said_what_it_needs_is_planned_and_named(tmp_path):
    warehouse = company(tmp_path, lambda tables: tables.pop("resource_use"))
    answer = ask(warehouse, "capacity")
    assert MADE in answer.extra["without"]["family"].to_list()
    assert "resource_use" in answer.missing
    plan = ask(warehouse, "executable_plan").frame.filter(pl.col("family") == MADE)
    assert plan["market_qty"].null_count() == 0, "it is planned as if nothing limited it"
    assert ask(warehouse, "scenarios").frame["plan_cost"].null_count() == 0


def test_a_month_of_which_nobody_gave_the_capacity_is_unknown_and_limits_nothing(tmp_path):
    def only_the_first(tables: dict) -> None:
        tables["capacity"] = [row for row in tables["capacity"] if row["month"] == AHEAD[0]]

    answer = ask(company(tmp_path, only_the_first), "capacity")
    later = answer.frame.filter(pl.col("resource_id") == "M", pl.col("month") == AHEAD[2]).row(0, named=True)
    assert (later["load_share"], later["level"]) == (None, "unknown")
    assert "No capacity was given" in str(Message.from_json(later["load_share_why"]))


def no_hours(tables: dict) -> None:
    """The filling machine stands still in one month."""
    for row in tables["capacity"]:
        if row["resource_id"] == "M" and row["month"] == AHEAD[1]:
            row |= {"available": 0.0, "overtime_available": None}


def test_a_resource_with_zero_hours_is_the_bottleneck_and_has_no_share(tmp_path):
    warehouse = company(tmp_path, no_hours)
    answer = ask(warehouse, "capacity")
    row = answer.frame.filter(pl.col("resource_id") == "M", pl.col("month") == AHEAD[1]).row(0, named=True)
    assert (row["load_share"], row["level"]) == (None, "overloaded")
    assert str(answer.headline) == f"Filling has no hours in {AHEAD[1]}, and the plan needs it."
    found = ask(warehouse, "scenarios").frame
    assert found.filter(pl.col("scenario_id") == "optimal")["over_hours"].item() == pytest.approx(0, abs=1e-6), "the cheapest plan makes it elsewhere"
    assert found.filter(pl.col("scenario_id") == "as_planned")["over_hours"].item() > 0, "and the plan of record shows what nobody has"


def test_where_no_plan_can_keep_everything_the_constraint_is_named_and_the_nearest_plan_given(tmp_path):
    warehouse = company(tmp_path)
    home = str(warehouse.home.path)
    nothing = [{"kind": "CapacityLever", "share": -1.0, "resources": ["M"], "months": []}, {"kind": "OvertimeLever", "times": 0.0, "resources": ["M"]}]
    kept = scenarios.keep(home, "The machine is sold", nothing, "optimal", LI)
    row = ask(warehouse, "scenarios").frame.filter(pl.col("scenario_id") == kept.subject).row(0, named=True)
    said = str(Message.from_json(row["breach"]))
    assert "Filling is full" in said
    assert "not delivered" in said
    assert 0 < row["service_share"] < 1, "what is in stock and the other family are still delivered"
    assert row["over_hours"] == pytest.approx(0, abs=1e-6)


def test_an_approved_plan_outlives_the_data_that_it_was_made_from(tmp_path):
    warehouse = company(tmp_path)
    home = str(warehouse.home.path)
    approved = plan_of_record.approve(home, AHEAD[0], LI, 0)
    shown = plans.frames_of(home, approved)["demand"]
    first = versions.file_of(warehouse.home, 1)
    shutil.copy(first, versions.file_of(warehouse.home, 2))
    versions.write_whole(warehouse.home.warehouse / "CURRENT", "2\n")
    warehouse.release(first)
    first.unlink()
    forget()
    later = open_warehouse(Home(warehouse.home.path))
    assert later.version == 2
    assert plans.frames_of(home, approved)["demand"].equals(shown)
    moved = ANSWERS["plan_waterfall"](later, Selection(), EVERYTHING, approved.name)
    assert moved.facts["before"] == approved.name
    assert moved.extra["versions"]["data_version"].to_list() == [1], "which data it was made from is still told"


def at_once(*acts: Callable[[], object]) -> list[GranaryError | None]:
    """Some acts of several people in the same moment; the fault of each, None where it was done."""
    gate, faults = Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            acts[place]()
        except GranaryError as fault:
            faults[place] = fault

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_of_two_approvals_at_once_one_stands_and_the_other_is_told_by_whom(home: str):
    cycles.open_cycle(home, AHEAD[0], {}, {}, [], LI, 1)
    frames = {"demand": pl.DataFrame({"family": ["L1"], "month": [AHEAD[0]], "demand_qty": [100.0]})}
    faults = at_once(*(lambda who=who: plans.freeze(home, AHEAD[0], frames, "", who, 1, 0) for who in (LI, WANG)))
    (refused,) = [fault for fault in faults if fault is not None]
    (kept,) = plans.versions(home)
    assert isinstance(refused, NotKept)
    assert kept.number == 1
    assert str(refused).startswith(f"{kept.who} approved the plan")


def test_of_two_choices_at_once_one_stands_and_only_one_action_follows(home: str):
    cycles.open_cycle(home, AHEAD[0], {}, {}, [], LI, 1)
    card = Card("Which?", (Option("A", "One"), Option("B", "Other")), "A")
    brought = register.bring(home, AHEAD[0], card, LI, 1)
    choices = [Choice(option, "Zhou", date(2030, 1, 1)) for option in ("A", "B")]
    faults = at_once(*(lambda choice=choice: register.decide(home, brought.subject, brought.id, choice, date(2026, 1, 1), LI, 1) for choice in choices))
    assert sum(fault is not None for fault in faults) == 1
    assert len(register.lines(home, "meeting_action")) == 1


def test_production_that_is_fixed_beyond_what_may_be_made_is_refused_with_a_sentence():
    from dataclasses import replace

    from engine.sop.optimal import optimal
    from tests.sop.test_scenarios import plant

    supply = plant().supply()
    with pytest.raises(Impossible, match="least and the most production"):
        optimal(replace(supply, least_made=supply.demand * 0 + 5, most_made=supply.demand * 0))
