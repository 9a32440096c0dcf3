"""Any two plans beside each other: approved versions, saved scenarios, the plan as it stands; and how good the approved ones turned out to be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import cycles, plans, register
from engine.answers.meeting.effects import with_decisions
from engine.answers.meeting.plan_of_record import CHANGES, LINES, NOW
from engine.answers.meeting.what_if import Base, base_of, solved
from engine.answers.periods import months_before
from engine.answers.sop import history
from engine.answers.sop.families import families_of
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.errors import BadUse, NotKept
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import forecast_error
from engine.sop.scenarios import Outcome
from engine.sop.versions import compared

MEASURES: dict[str, Message] = {
    "demand_qty": message("Demand"),
    "supply_qty": message("Production plan"),
    "shipped_qty": message("Can be delivered"),
    "stock_qty": message("Stock at the month's end"),
}
"""What two plans can be compared by; stock is worth its cost, everything else its price."""
COLUMNS = (Column("family", message("Family"), "code"), Column("family_name", message("Name of the family"), "text"), *LINES[1:])
KINDS = (
    Column("plan_change", message("What happened"), "message"),
    Column("families_n", message("Families"), "count"),
    Column("change_qty", message("Change, pieces"), "qty"),
    Column("change_value", message("Change, money"), "money", "higher"),
)
ACCURACY = (
    Column("lag_months", message("Months ahead"), "count"),
    Column("months_n", message("Months of families"), "count"),
    Column("wape", message("Error, weighted by volume"), "share"),
    Column("bias_share", message("Bias (forecast − actual)"), "share"),
    Column("actual_qty", message("Sold"), "qty"),
    Column("forecast_qty", message("Approved demand"), "qty"),
)


def plan_compared(warehouse: Any, selection: Selection, scope: Scope, before: str = "", after: str = NOW, measure: str = "demand_qty") -> Answer:
    """Two plans beside each other: one row a family and month that differs, the most money first (COLUMNS).

    before, after: an approved version (`2025-11-1`), a saved scenario (`2025-11/1`) or `now`; without `before` the newest approved version. measure: of
    MEASURES. extra: `kinds` (KINDS: new, left, moved, changed). facts: before, after (names; before "" = there is none), plans (name -> what it is).
    Only months that both plans have are compared. Raises BadUse for a plan or measure that there is not, NotKept for one that cannot be read.
    """
    cycles.of_the_company(scope)
    answer: Answer = _plan_compared(warehouse, selection, scope, before, after, measure, run_of(warehouse))
    return answer


@remembered
def _plan_compared(source: Source, selection: Selection, scope: Scope, before: str, after: str, measure: str, run: str) -> Answer:
    if measure not in MEASURES:
        raise BadUse(message("A plan has no “{measure}”; it has {measures}.", measure=measure, measures=tuple(MEASURES)))
    known = _plans(source)
    start = before or next((name for name in known if name != NOW and "/" not in name), "")
    for name in (start, after):
        if name and name not in known:
            raise BadUse(message("There is no plan “{name}”; there are {names}.", name=name, names=tuple(known)))
    base = base_of(source, run)
    lines = pl.DataFrame(schema={"family": pl.String, "month": pl.Date, "before_qty": pl.Float64, "after_qty": pl.Float64, "change_qty": pl.Float64,
                                 "change_value": pl.Float64, "what": pl.String})  # fmt: skip
    if start:
        old, new = (_frame_of(source, base, name) for name in (start, after))
        shared = pl.col("month").is_in(sorted({*old["month"]} & {*new["month"]}))
        kept = [frame.filter(shared).with_columns(pl.col(measure).fill_null(0.0)) for frame in (old, new)]
        lines = compared(kept[0], kept[1], measure, _worth(base, measure))
    words = {code: words.to_json() for code, words in CHANGES.items()}
    told = lines.with_columns(pl.col("what").replace_strict(words, default=None, return_dtype=pl.String).alias("plan_change"))
    named = base.basis.demand.families.named(told).select(column.name for column in COLUMNS)
    return Answer(
        name="plan_compared",
        headline=_headline(start, after, known, lines),
        frame=named,
        columns=COLUMNS,
        version=source.version,
        extra={"kinds": _kinds(told)},
        facts={"before": start, "after": after, "plans": known, "measures": dict(MEASURES)},
        scope=scope,
        selection=selection,
    )


def _plans(source: Source) -> dict[str, Message]:
    """Every plan that can be compared, by name: the plan as it stands, versions and scenarios, the newest first."""
    home = str(source.home.path)
    versions = {
        version.name: message("Plan {name}, approved by {who}", name=version.name, who=version.who) for version in reversed(plans.versions(home))
    }  # fmt: skip
    scenarios = {
        line.subject: message("Scenario “{name}” of {month}", name=str(line.said.get("name", "")), month=line.month)
        for line in reversed(register.lines(home, "scenario"))
    }
    return {NOW: message("The plan as it stands"), **versions, **scenarios}


def _frame_of(source: Source, base: Base, name: str) -> pl.DataFrame:
    """family, month and MEASURES of a plan."""
    home = str(source.home.path)
    if name == NOW:
        outcome, _ = with_decisions(source, base, months_of(source, Selection()).first)
        return _of_outcome(outcome)
    if "/" in name:
        said = register.line(home, "scenario", name).said
        return _of_outcome(solved(base, said.get("levers") or [], str(said.get("method", "optimal"))))
    version = next(version for version in plans.versions(home) if version.name == name)
    frames = plans.frames_of(home, version)
    empty = pl.DataFrame(schema={"family": pl.String, "month": pl.Date, **dict.fromkeys(list(MEASURES)[1:], pl.Float64)})
    wanted, made = frames["demand"].select("family", "month", "demand_qty"), frames.get("supply", empty)
    return wanted.join(made.select("family", "month", *list(MEASURES)[1:]), on=["family", "month"], how="left")


def _of_outcome(outcome: Outcome) -> pl.DataFrame:
    return outcome.shipping.frame().select("family", "month", *MEASURES)


def _worth(base: Base, measure: str) -> pl.DataFrame:
    """family, price: money of a piece, by which a difference is told."""
    situation = base.basis.situation
    each = situation.unit_cost if measure == "stock_qty" else situation.price[:, 0]
    return pl.DataFrame({"family": list(situation.axes.families), "price": each}, schema={"family": pl.String, "price": pl.Float64})


def _kinds(told: pl.DataFrame) -> pl.DataFrame:
    order = {words.to_json(): place for place, words in enumerate(CHANGES.values())}
    found = told.group_by("plan_change").agg(
        pl.col("family").n_unique().cast(pl.Int64).alias("families_n"), pl.col("change_qty").sum(), pl.col("change_value").sum()
    )
    place = pl.col("plan_change").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    return found.sort(place).select(column.name for column in KINDS)


def _headline(start: str, after: str, known: Mapping[str, Message], lines: pl.DataFrame) -> Message:
    if not start:
        return message("No plan was approved yet, so there is nothing to compare.")
    if lines.is_empty():
        return message("{after} and {before} are the same.", after=known[after], before=known[start])
    families, value = lines["family"].n_unique(), float(lines["change_value"].fill_null(0.0).sum())
    return plural(
        "Against {before}: {n} family differs, by {change_money} in all.", "Against {before}: {n} families differ, by {change_money} in all.",
        n=families, before=known[start], change_money=value,
    )  # fmt: skip


# ── how good they turned out ─────────────────────────────────────────────────────────────────────────────────────────────


def plan_accuracy(warehouse: Any, selection: Selection, scope: Scope) -> Answer:
    """How far the approved plans were off, by how many months ahead they spoke of a month (ACCURACY): the last version of each cycle beside what was
    sold. Months ahead 0 = the month in which it was approved. A version that cannot be read is left out, and a note says so."""
    cycles.of_the_company(scope)
    answer: Answer = _plan_accuracy(warehouse, selection, scope)
    return answer


@remembered
def _plan_accuracy(source: Source, selection: Selection, scope: Scope) -> Answer:
    home, months = str(source.home.path), months_of(source, Selection())
    rows, notes = [], []
    newest = {version.month: version for version in plans.versions(home)}
    for month, version in newest.items():
        try:
            demand = plans.frames_of(home, version)["demand"]
        except NotKept as fault:
            notes.append(fault.said)
            continue
        past = demand.filter(pl.col("month") <= months.last)
        rows.append(past.select("family", pl.lit(month).alias("cycle"), "month", pl.col("demand_qty").alias("forecast_qty")))
    schema = {"family": pl.String, "cycle": pl.Date, "month": pl.Date, "forecast_qty": pl.Float64}
    spoken = pl.concat([pl.DataFrame(schema=schema), *rows])
    found = forecast_error.lag_accuracy(spoken, _sold(source, spoken, months.last))
    frame = found.select("lag_months", pl.col("n").cast(pl.Int64).alias("months_n"), pl.col("wmape").alias("wape"), "bias_share", "actual_qty", "forecast_qty")
    return Answer(
        name="plan_accuracy",
        headline=_said_of_accuracy(frame),
        frame=frame,
        columns=ACCURACY,
        version=source.version,
        notes=tuple(notes),
        scope=scope,
        selection=selection,
    )


def _sold(source: Source, spoken: pl.DataFrame, last: date) -> pl.DataFrame:
    """family, month, actual_qty of every family and month that was spoken of; what sold nothing counts with 0."""
    first = spoken["month"].min()
    if not isinstance(first, date):
        return pl.DataFrame(schema={"family": pl.String, "month": pl.Date, "actual_qty": pl.Float64})
    months = [month for month in (months_before(last, back) for back in range(120)) if month >= first]
    sales = history.sales(source, families_of(source), sorted(months))
    asked = spoken.select("family", "month").unique()
    return asked.join(sales.select("family", "month", pl.col("qty").alias("actual_qty")), on=["family", "month"], how="left").with_columns(
        pl.col("actual_qty").fill_null(0.0)
    )


def _said_of_accuracy(frame: pl.DataFrame) -> Message:
    known = frame.filter(pl.col("wape").is_not_null())
    if known.is_empty():
        return message("No month of an approved plan is over yet, so nothing can be said of how good it was.")
    first, last = known.row(0, named=True), known.row(-1, named=True)
    if first["lag_months"] == last["lag_months"]:
        return plural(
            "Approved demand was off by {near_share}, {n} month ahead.", "Approved demand was off by {near_share}, {n} months ahead.",
            n=first["lag_months"], near_share=first["wape"],
        )  # fmt: skip
    return plural(
        "Approved demand was off by {near_share} in the nearest month and by {far_share} {n} month ahead.",
        "Approved demand was off by {near_share} in the nearest month and by {far_share} {n} months ahead.",
        n=last["lag_months"], near_share=first["wape"], far_share=last["wape"],
    )  # fmt: skip
