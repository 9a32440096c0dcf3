"""The seven plans of a cycle: sales, production, stock, backlog, money, product development, people; as approved, else as they stand."""

from datetime import date
from typing import Any

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import cycles, effects, plans
from engine.answers.meeting.plans import Version
from engine.answers.meeting.what_if import base_of
from engine.answers.sop import people_needed
from engine.answers.sop.families import families_of
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

_KEYS = (Column("family", message("Family"), "code"), Column("family_name", message("Name of the family"), "text"), Column("month", message("Month"), "month"))
SALES = (
    *_KEYS,
    Column("small_qty", message("Small contracts"), "qty"),
    Column("large_qty", message("Large contracts"), "qty"),
    Column("deal_qty", message("Deals about to be signed"), "qty"),
    Column("rest_qty", message("Forecast of the rest"), "qty"),
    Column("override_qty", message("Changed by hand"), "qty"),
    Column("demand_qty", message("Demand"), "qty"),
    Column("demand_value", message("Demand, money"), "money"),
    Column("shipped_qty", message("Can be delivered"), "qty"),
)
PRODUCTION = (*_KEYS, Column("supply_qty", message("Production plan"), "qty"))
STOCK = (
    *_KEYS,
    Column("stock_qty", message("Stock at the month's end"), "qty"),
    Column("safety_qty", message("Safety stock"), "qty"),
    Column("released_qty", message("Safety stock released"), "qty"),
)
BACKLOG = (*_KEYS, Column("late_qty", message("Owed at the month's end"), "qty"))
TITLES: dict[str, tuple[Message, tuple[Column, ...]]] = {
    "sales": (message("Sales plan"), SALES),
    "production": (message("Production plan"), PRODUCTION),
    "stock": (message("Stock plan"), STOCK),
    "backlog": (message("Backlog plan"), BACKLOG),
    "money": (message("Financial plan"), effects.COLUMNS),
    "development": (message("Product development plan"), effects.DEVELOPMENT),
    "heads": (message("Headcount plan"), people_needed.COLUMNS),
}
"""Plan -> its title and columns."""


def seven_plans(warehouse: Any, selection: Selection, scope: Scope, month: str = "") -> Answer:
    """The sales plan of a cycle (SALES); the other six in extra, by the names of TITLES. month: `2025-11`, else the present cycle.

    They are those of the newest approved version, else of the plan as it stands with what was decided; what an older version does not hold (money,
    people) is as it stands. facts: plan (name of the version or ""), approved_by, approved_at, fingerprint, month. Raises NotKept where an approved
    version cannot be read, NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _seven_plans(warehouse, selection, scope, month, run_of(warehouse))
    return answer


@remembered
def _seven_plans(source: Source, selection: Selection, scope: Scope, month: str, run: str) -> Answer:
    home, which = str(source.home.path), cycles.month_of(month) if month else months_of(source, Selection()).first
    versions = plans.versions(home, which)
    version = versions[-1] if versions else None
    frames = plans.frames_of(home, version) if version is not None else {}
    if not frames.keys() >= {"demand", "supply", "money", "heads"}:
        frames = {**effects.approved_frames(source, run, which), **frames}
    names = families_of(source).frame.select("family", "family_name")
    both = frames["demand"].join(frames["supply"], on=["family", "month"], how="left", maintain_order="left")
    named = both.join(names, on="family", how="left", maintain_order="left")
    found = {name: named.select(column.name for column in TITLES[name][1]) for name in ("production", "stock", "backlog")}
    return Answer(
        name="seven_plans",
        headline=_headline(version, which),
        frame=named.select(column.name for column in SALES),
        columns=SALES,
        version=source.version,
        extra={**found, "money": frames["money"], "heads": frames["heads"], "development": effects.development_of(source, base_of(source, run))},
        facts={
            "plan": version.name if version else "", "approved_by": version.who if version else "", "approved_at": version.at if version else None,
            "fingerprint": version.hash if version else "", "month": which,
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _headline(version: Version | None, month: date) -> Message:
    if version is None:
        return message("The plan of {month} is not approved yet.", month=month)
    return message("Plan {name}, approved by {who} on {approved_on}.", name=version.name, who=version.who, approved_on=version.at.date())
