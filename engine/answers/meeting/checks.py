"""What must be so before each step of a cycle is done, read from the data and the records; and the fingerprint of what each step shows."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from engine.answers.meeting import plans, register
from engine.answers.periods import end_of, first_of
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.months import LACKING_DAYS
from engine.answers.source import Source
from engine.messages import Message, message, plural
from engine.selection import Selection
from engine.sop import agenda
from engine.sop.cycle import Check
from engine.sop.demand import below_contracts
from engine.sop.grid import tall
from engine.sop.projections import extra_hours
from engine.sop.rccp import load_of
from engine.sop.versions import fingerprint

LOADED: tuple[tuple[str, Message, bool], ...] = (
    ("sales", message("Sales are loaded to the end of {month}."), True),
    ("stock", message("The stock at the end of {month} is counted."), True),
    ("production", message("Production of {month} is loaded."), False),
    ("orders", message("Open orders are loaded."), False),
    ("forecasts", message("The forecasts of {month} are there to be judged."), False),
)
"""Kind of data -> what is expected of it, and whether the report cannot be signed without."""


def checks_of(source: Source, month: date, run: str) -> dict[str, tuple[Check, ...]]:
    """What each step of a cycle takes. run: the name of our own forecast."""
    basis = basis_of(source, Selection(), run)
    home = str(source.home.path)
    return {
        "report": _report(source, month),
        "demand": _demand(basis),
        "supply": _supply(source, basis, month),
        "pre_meeting": _pre_meeting(home, month),
        "executive": _executive(home, month),
    }


def _report(source: Source, month: date) -> tuple[Check, ...]:
    """Data of the month that the cycle reports on, whether or not the plan of today still reports on it."""
    reported = first_of(month - timedelta(1))
    last, found = end_of(reported), []
    for what, said, is_needed in LOADED:
        reach = source.days.get(what)
        is_there = None if reach is None and not is_needed else reach is not None and reach[1] >= last - timedelta(LACKING_DAYS)
        is_there = source.has(what) if what in ("orders", "forecasts") else is_there
        if what == "production" and source.has(what):
            is_there = source.whole.read("production_between", first_month=reported, last_month=reported).height > 0
        found.append(Check(what, Message(said.text, (("month", reported),)), is_there, is_needed))
    return tuple(found)


def _demand(basis: Basis) -> tuple[Check, ...]:
    demand = basis.demand
    unknown = int(np.isnan(demand.plan).any(axis=1).sum())
    below = below_contracts(demand.axes, demand.plan, demand.composed.contracted)
    every = message("Every family has a demand in every month.")
    lacking = plural("{n} family has months without a demand.", "{n} families have months without a demand.", n=unknown)
    short = plural("{n} family is planned below its contracts.", "{n} families are planned below their contracts.", n=below["family"].n_unique())
    return (
        Check("families", lacking if unknown else every, not unknown),
        Check("contracts", short if below.height else message("No family is planned below its contracts."), below.is_empty(), is_needed=False),
    )


def _supply(source: Source, basis: Basis, month: date) -> tuple[Check, ...]:
    """The load was reckoned, and each overload that no overtime covers was raised as an issue."""
    situation = basis.situation
    if not situation.resources:
        return (Check("load", message("No resources are loaded, so the load cannot be reckoned."), None, is_needed=False),)
    hours = load_of(situation.production, situation.bill).hours
    beyond = extra_hours(situation, hours)[2] > 1e-6
    full = {resource for resource, row in zip(situation.resources, beyond, strict=True) if row.any()}
    raised = {name for issue in register.lines(str(source.home.path), "issue", month) for name in issue.said.get("about") or ()}
    still = len(full - raised)
    said = plural("{n} overloaded resource is not settled.", "{n} overloaded resources are not settled.", n=still)
    both = all(register.minutes(str(source.home.path), month, f"commit_{side}").get("who") for side in ("market", "supply"))
    return (
        Check("load", said if still else message("Every overload is settled or raised."), not still),
        Check("commitment", message("Market and supply committed themselves to the executable plan."), both, is_needed=False),
    )


def _pre_meeting(home: str, month: date) -> tuple[Check, ...]:
    kept = register.minutes(home, month, "pre_meeting")
    left = len(agenda.PRE_MEETING) - len({*kept.get("done", ())} & {item.name for item in agenda.PRE_MEETING})
    waiting = sum(issue.said.get("state") == "open" for issue in register.lines(home, "issue", month))
    items = plural("{n} item of the agenda is left.", "{n} items of the agenda are left.", n=left) if left else message("The agenda is done.")
    return (
        Check("agenda", items, not left),
        Check("attendance", message("It is written down who was there."), bool(kept.get("attended"))),
        Check(
            "issues", plural("{n} issue is neither solved nor brought for decision.", "{n} issues are neither solved nor brought for decision.", n=waiting)
            if waiting else message("Every issue is solved or brought for decision."), not waiting,
        ),
    )  # fmt: skip


def _executive(home: str, month: date) -> tuple[Check, ...]:
    waiting = sum(card.said.get("state") == "open" for card in register.lines(home, "decision", month))
    left = plural("{n} decision is not taken.", "{n} decisions are not taken.", n=waiting)
    return (
        Check("decisions", left if waiting else message("Every decision is taken, deferred or refused."), not waiting),
        Check("approval", message("The plan is approved."), bool(plans.versions(home, month))),
        Check("score", message("The meeting is scored."), register.minutes(home, month, "executive").get("score") is not None, is_needed=False),
    )


def inputs_of(source: Source, month: date, run: str) -> Mapping[str, str]:
    """Step -> fingerprint of the figures that it shows; only steps that show some."""
    basis = basis_of(source, Selection(), run)
    demand, situation = basis.demand, basis.situation
    wanted = tall(demand.axes, demand=demand.plan)
    made = tall(situation.axes, made=situation.production)
    reported = pl.DataFrame(
        {"what": list(source.days), "last": [str(reach[1]) for reach in source.days.values()], "rows": [reach[2] for reach in source.days.values()]}
    )
    return {
        "report": fingerprint({"days": reported}),
        "demand": fingerprint({"demand": wanted}),
        "supply": fingerprint({"demand": wanted, "made": made}),
        "pre_meeting": fingerprint({"demand": wanted, "made": made}),
    }


def not_done(checks: Sequence[Check]) -> int:
    """How many needed checks are lacking."""
    return sum(check.is_needed and not check.is_done for check in checks)
