"""Whether the production plan can be made: the load of each resource, the bottleneck, and what an hour of it earns."""

import numpy as np
import polars as pl

from engine.answers.answer import Alert, Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.families import OF_ALL
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.rccp import Bottleneck, board, bottleneck, is_unseen, load_of, margin_per_hour

TABLES = ("resources", "capacity", "resource_use", "production_plan")
COLUMNS = (
    Column("resource_id", message("Resource"), "code"),
    Column("resource_name", message("Name of the resource"), "text"),
    Column("unit", message("Unit"), "text"),
    Column("month", message("Month"), "month"),
    Column("load_qty", message("Load of the resource"), "score"),
    Column("available_qty", message("Available"), "score"),
    Column("load_share", message("Load, share"), "share", "lower"),
    Column("over_qty", message("Too much"), "score"),
    Column("free_qty", message("Free"), "score"),
    Column("extra_qty", message("With overtime and others"), "score"),
    Column("beyond_qty", message("Beyond all that"), "score"),
    Column("level", message("State"), "text"),
    Column("load_share_why", message("Why unknown"), "message"),
)
LEVELS: dict[str, Message] = {
    "overloaded": message("Overloaded"),
    "tight": message("Tight"),
    "fits": message("Fits"),
    "unknown": message("Unknown"),
}


def capacity(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Rough-cut capacity of the production plan (where none is planned, of demand): one row a resource and month (COLUMNS), resources in order of
    their highest load. Quantities are in the resource's own unit.

    extra: `by_family` (resource_id, family, family_name, month, load_qty), `earning` (family, family_name, unit_margin, hours_per_unit, margin_per_hour: at the
    bottleneck), `without` (family, family_name: nobody said what they need). facts: measures, levels (words), bottleneck (or None), full (the share above
    which a resource is overloaded), units.
    """
    answer: Answer = _capacity(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _capacity(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    basis = basis_of(source, selection, run)
    frame, worst = _frame(source, basis), None
    situation = basis.situation
    hours = load_of(situation.production, situation.bill).hours
    if scope.sees_all:
        worst = bottleneck(hours, situation.available, situation.resources, situation.axes.months)
    else:
        frame = frame.clear()
    without = basis.demand.families.frame.filter(pl.col("family").is_in(situation.bill.without) & (pl.col("strategy") != "bought"))
    return Answer(
        name="capacity",
        headline=_headline(source, frame, worst, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=basis.demand.months.as_of,
        first=situation.axes.months[0],
        last=situation.axes.months[-1],
        alerts=_alerts(frame),
        notes=_notes(basis, without),
        missing=tuple(table for table in TABLES if not source.has(table)),
        extra={
            "by_family": _by_family(basis) if scope.sees_all else _by_family(basis).clear(),
            "earning": _earning(basis, worst),
            "without": without.select("family", "family_name") if scope.sees_all else without.select("family", "family_name").clear(),
        },
        facts={
            "measures": _measures(frame, worst),
            "levels": dict(LEVELS),
            "bottleneck": worst,
            "full": float(source.settings["plan_load_full_share"]),
            "units": dict(basis.resources.frame.select("resource_id", "unit").iter_rows()),
        },
        scope=scope,
        selection=selection,
    )


def _frame(source: Source, basis: Basis) -> pl.DataFrame:
    situation = basis.situation
    hours = load_of(situation.production, situation.bill).hours
    most = situation.available + situation.overtime_most + situation.outside_most
    rows = board(hours, situation.available, situation.resources, situation.axes.months, most, is_unseen(situation.bill, len(situation.axes.months)))
    names = basis.resources.frame.select(pl.col("resource_id").alias("resource"), "resource_name", "unit")
    share, high, full = pl.col("load_share"), float(source.settings["plan_load_high_share"]), float(source.settings["plan_load_full_share"])
    level = (
        pl.when(pl.col("available").is_null() | pl.col("load").is_null()).then(pl.lit("unknown"))
        .when(share.is_null() | (share > full)).then(pl.lit("overloaded"))
        .when(share >= high).then(pl.lit("tight"))
        .otherwise(pl.lit("fits"))
    )  # fmt: skip
    told = rows.join(names, on="resource", how="left", maintain_order="left").with_columns(
        level.alias("level"), (pl.col("load") - pl.col("most")).clip(lower_bound=0.0).alias("beyond_qty")
    )
    told = told.rename(
        {"resource": "resource_id", "load": "load_qty", "available": "available_qty", "over": "over_qty", "free": "free_qty", "most": "extra_qty"}
    )
    peak = pl.col("load_share").max().over("resource_id")
    return told.sort(peak, "resource_id", "month", descending=[True, False, False], nulls_last=True).select(column.name for column in COLUMNS)


def _by_family(basis: Basis) -> pl.DataFrame:
    """What each family asks of each resource, in the month in which it falls."""
    situation, rows = basis.situation, []
    for family, name in enumerate(situation.axes.families):
        mine = np.zeros(situation.production.shape)
        mine[family] = situation.production[family]
        hours = load_of(mine, situation.bill).hours
        for resource, month in np.argwhere(hours > 0):
            rows.append((situation.resources[resource], name, situation.axes.months[month], float(hours[resource, month])))
    schema = {"resource_id": pl.String, "family": pl.String, "month": pl.Date, "load_qty": pl.Float64}
    names = basis.demand.families.frame.select("family", "family_name")
    frame = pl.DataFrame(rows, schema=schema, orient="row").join(names, on="family", how="left")
    return frame.sort("resource_id", "month", "load_qty", descending=[False, False, True])


def _earning(basis: Basis, worst: Bottleneck | None) -> pl.DataFrame:
    """What a unit of the bottleneck earns with each family that uses it."""
    situation = basis.situation
    place = situation.resources.index(worst.resource) if worst is not None else 0
    uses = situation.bill.whole[:, place] if worst is not None else np.zeros(len(situation.axes.families))
    rows = margin_per_hour(situation.price[:, 0] - situation.unit_cost, uses, situation.axes.families).filter(pl.col("margin_per_hour").is_not_null())
    return basis.demand.families.named(rows).select("family", "family_name", "unit_margin", "hours_per_unit", "margin_per_hour")


def _headline(source: Source, frame: pl.DataFrame, worst: Bottleneck | None, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if worst is None:
        lacking = [table for table in TABLES[:3] if not source.has(table)]
        if not lacking:
            return message("No month ahead has a capacity, so nothing can be said of the load.")
        return message("Nobody said what limits production: {tables} were not loaded.", tables=", ".join(lacking))
    name = frame.filter(pl.col("resource_id") == worst.resource)["resource_name"][0] or worst.resource
    if worst.share is None:
        return message("{resource} has no hours in {month}, and the plan needs it.", resource=name, month=worst.month)
    count = frame.filter(pl.col("level") == "overloaded").select("resource_id", "month").height
    if not count:
        return message(
            "The plan fits everywhere; the fullest is {resource} with {load_share} in {month}.", resource=name, load_share=worst.share, month=worst.month
        )
    further = plural("{n} month of a resource is overloaded.", "{n} months of resources are overloaded.", n=count)
    said = message("{resource} is the bottleneck: {load_share} of its hours in {month}.", resource=name, load_share=worst.share, month=worst.month)
    return message("{said} {further}", said=said, further=further)


def _alerts(frame: pl.DataFrame) -> tuple[Alert, ...]:
    """One for each resource that even overtime and others cannot help."""
    beyond = frame.filter(pl.col("beyond_qty") > 0).sort("beyond_qty", descending=True).unique("resource_id", keep="first", maintain_order=True)
    return tuple(
        Alert(
            message("{resource} lacks {beyond_qty} in {month} even with overtime and others.", resource=row["resource_name"] or row["resource_id"],
                    beyond_qty=row["beyond_qty"], month=row["month"]),
            None, "capacity", (("resource_id", row["resource_id"]),), "problem",
        )
        for row in beyond.iter_rows(named=True)
    )  # fmt: skip


def _measures(frame: pl.DataFrame, worst: Bottleneck | None) -> tuple[Measured, ...]:
    known, why = frame.filter(pl.col("load_share").is_not_null()), message("Nobody said what limits production.")
    has = known.height > 0
    return (
        Measured(message("Highest load"), worst.share if worst is not None else None, "share", message("Of any resource in any month."), why),
        Measured(
            message("Overloaded months"), frame.filter(pl.col("level") == "overloaded").height if has else None, "count",
            message("Months of resources whose load is above what they have."), why,
        ),
        Measured(message("Tight months"), frame.filter(pl.col("level") == "tight").height if has else None, "count", message("Close to full."), why),
    )  # fmt: skip


def _notes(basis: Basis, without: pl.DataFrame) -> tuple[Message, ...]:
    notes = [message("Load = production plan × what one piece takes, in the month in which it falls. Each resource is counted in its own unit.")]
    if without.height:
        notes.append(
            plural(
                "Of {n} family that is made here nobody said what it needs; it loads nothing.",
                "Of {n} families that are made here nobody said what they need; they load nothing.",
                n=without.height,
            )
        )
    if basis.left_out:
        notes.append(plural("{n} family of unknown demand is left out.", "{n} families of unknown demand are left out.", n=len(basis.left_out)))
    return tuple(notes)
