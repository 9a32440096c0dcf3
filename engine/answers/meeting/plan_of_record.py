"""The plan of record: what is approved, and what has moved since, by cause."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import checks, cycles, plans
from engine.answers.meeting.effects import DEMAND, approved_frames, decided
from engine.answers.meeting.plans import Version
from engine.answers.sop.basis import demand_of
from engine.answers.sop.demand_plan import rows_of
from engine.answers.source import Source, remembered, source_of
from engine.errors import BadUse
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.versions import CAUSES, compared, waterfall
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

NOW = "now"
CAUSE_WORDS: dict[str, Message] = {
    "forecast": message("Forecast of the rest"),
    "contracts": message("Contracts"),
    "deals": message("Deals about to be signed"),
    "overrides": message("Changed by hand"),
    "withdrawn": message("Families that left the plan"),
    "launched": message("Families that are new in the plan"),
}
COLUMNS = (
    Column("cause", message("Cause"), "message"),
    Column("change_qty", message("Change, pieces"), "qty"),
    Column("change_value", message("Change, money"), "money", "higher"),
)
LINES = (
    Column("family", message("Family"), "code"),
    Column("month", message("Month"), "month"),
    Column("before_qty", message("Before"), "qty"),
    Column("after_qty", message("Now"), "qty"),
    Column("change_qty", message("Change, pieces"), "qty"),
    Column("change_value", message("Change, money"), "money", "higher"),
    Column("plan_change", message("What happened"), "message"),
)
VERSIONS = (
    Column("name", message("Plan"), "code"),
    Column("cycle", message("Cycle"), "month"),
    Column("approved_by", message("Approved by"), "text"),
    Column("approved_at", message("Approved at"), "time"),
    Column("data_version", message("Data version"), "count"),
    Column("fingerprint", message("Fingerprint"), "code"),
    Column("stale_mark", message("Why stale"), "message"),
)
STALE = message("Its figures have changed since it was approved.")
CHANGES: dict[str, Message] = {
    "added": message("new in the plan"),
    "removed": message("left the plan"),
    "moved": message("moved to another month"),
    "changed": message("changed"),
}


def approve(home: str, month: date, who: Scope, seen: int) -> Version:
    """Freeze the plan as it stands, with what the cycle has decided, as the approved one. seen: id of the newest approval that was seen, 0 = none.

    Raises NotAllowed, NotKept where somebody else approved meanwhile, BadUse where the plan of another month is shown or nothing is planned.
    """
    warehouse = open_warehouse(Home(Path(home)))
    cycles.of_the_company(who, home)
    source, run = source_of(warehouse), run_of(warehouse)
    frames = approved_frames(source, run, month)
    first = frames["demand"]["month"].min()
    if first != month:
        raise BadUse(message("The plan that is shown begins with {first_month}, not with {month}.", first_month=first, month=month))
    return plans.freeze(home, month, frames, checks.inputs_of(source, month, run)["supply"], who, warehouse.version, seen)


def plan_waterfall(warehouse: Any, selection: Selection, scope: Scope, before: str = "", after: str = NOW) -> Answer:
    """What moved the demand of the months that two plans share, by cause (COLUMNS). before, after: names of approved versions (`2025-11-1`) or `now`;
    without `before` the newest approved plan of an earlier cycle, else of this one.

    extra: `lines` (LINES: every family and month that differs, the most money first), `versions` (VERSIONS, the newest first; stale: the newest of the
    cycle at work, where its figures have changed since). facts: before, after (names; before "" = nothing was approved yet), before_qty, after_qty of
    the shared months; before_value, after_value: the same at their mean
    price, None where some of it is unknown.
    Raises BadUse for a version that there is not, NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _plan_waterfall(warehouse, selection, scope, before, after, run_of(warehouse))
    return answer


@remembered
def _plan_waterfall(source: Source, selection: Selection, scope: Scope, before: str, after: str, run: str) -> Answer:
    home = str(source.home.path)
    known = {version.name: version for version in plans.versions(home)}
    standing = standing_demand(source, run)
    start = _named(known, before) if before else _usual(known, standing["month"].min())
    later = None if after == NOW else _named(known, after)
    schema = {"cause": pl.String, "change_qty": pl.Float64, "change_value": pl.Float64}
    frame, lines = pl.DataFrame(schema=schema), pl.DataFrame(schema={column.name: pl.String for column in LINES})
    sums: tuple[float | None, ...] = (None, None, None, None)
    if start is not None:
        old = plans.frames_of(home, start)["demand"]
        new = standing if later is None else plans.frames_of(home, later)["demand"]
        frame, lines, sums = _between(old, new)
    return Answer(
        name="plan_waterfall",
        headline=_headline(start, later, frame),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        extra={"lines": lines, "versions": _versions(source, known, standing["month"].min(), run)},
        facts={
            "before": start.name if start else "",
            "after": later.name if later else NOW,
            "before_qty": sums[0],
            "after_qty": sums[1],
            "before_value": sums[2],
            "after_value": sums[3],
        },
        scope=scope,
        selection=selection,
    )


def standing_demand(source: Source, run: str) -> pl.DataFrame:
    """The demand of the plan as it stands (DEMAND), with what the cycle at work has decided."""
    rows = rows_of(demand_of(source, Selection(), run)).select(DEMAND)
    month = rows["month"].min()
    has_decided = isinstance(month, date) and decided(str(source.home.path), month)[2] > 0
    return approved_frames(source, run, month)["demand"] if has_decided and isinstance(month, date) else rows


def _named(known: Mapping[str, Version], name: str) -> Version:
    if name not in known:
        raise BadUse(message("There is no approved plan “{name}”; there are {names}.", name=name, names=tuple(known) or "–"))
    return known[name]


def _usual(known: Mapping[str, Version], month: Any) -> Version | None:
    """The newest approved plan of an earlier cycle, else of this one."""
    rows = sorted(known.values(), key=lambda version: version.record_id)
    earlier = [version for version in rows if version.month < month]
    return (earlier or rows or [None])[-1]  # type: ignore[list-item]


def _between(old: pl.DataFrame, new: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, tuple[float | None, ...]]:
    """(causes, lines, sums) of the months that both plans have."""
    months = sorted({*old["month"]} & {*new["month"]})
    kept = [frame.filter(pl.col("month").is_in(months)).with_columns(pl.col(pl.Float64).fill_null(0.0)) for frame in (old, new)]
    price = (
        pl.concat(kept).filter(pl.col("demand_qty") > 0).group_by("family", maintain_order=True)
        .agg((pl.col("demand_value").sum() / pl.col("demand_qty").sum()).alias("price"))
    )  # fmt: skip
    found = waterfall(kept[0], kept[1], months, price)
    words = [CAUSE_WORDS[cause].to_json() for cause in CAUSES]
    lines = compared(kept[0], kept[1], "demand_qty", price)
    said = lines["what"].replace_strict({code: words.to_json() for code, words in CHANGES.items()}, return_dtype=pl.String)
    worth = [frame.join(price, on="family", how="left").select((pl.col("demand_qty") * pl.col("price")).sum()).item() for frame in kept]
    is_known = not found["change_value"].null_count()
    sums = (*(float(frame["demand_qty"].sum()) for frame in kept), *(float(value) if is_known else None for value in worth))
    return found.with_columns(pl.Series("cause", words)), lines.with_columns(said.alias("plan_change")).drop("what"), sums


def _versions(source: Source, known: Mapping[str, Version], month: Any, run: str) -> pl.DataFrame:
    newest = next((version for version in reversed(list(known.values())) if version.month == month), None)
    now = checks.inputs_of(source, month, run)["supply"] if newest is not None else ""
    rows = [
        (
            version.name, version.month, version.who, version.at, version.warehouse, version.hash[:12],
            STALE.to_json() if version is newest and version.inputs != now else None,
        )
        for version in known.values()
    ]  # fmt: skip
    schema: dict[str, Any] = {
        "name": pl.String, "cycle": pl.Date, "approved_by": pl.String, "approved_at": pl.Datetime("us", "UTC"), "data_version": pl.Int64,
        "fingerprint": pl.String, "stale_mark": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row").reverse()


def _headline(start: Version | None, later: Version | None, frame: pl.DataFrame) -> Message:
    if start is None:
        return message("No plan was approved yet, so there is nothing to compare.")
    moved = float(frame["change_value"].fill_null(0.0).sum())
    if abs(moved) < 1:
        return message("Nothing has moved since plan {name} was approved.", name=start.name)
    largest = frame.sort(pl.col("change_value").abs().fill_null(0.0), descending=True).row(0, named=True)
    cause = Message.from_json(largest["cause"])
    if moved > 0:
        return message("Demand is {moved_money} above plan {name}; most of it by: {cause}.", moved_money=moved, name=start.name, cause=cause)
    return message("Demand is {moved_money} below plan {name}; most of it by: {cause}.", moved_money=-moved, name=start.name, cause=cause)
