"""Which families the demand meeting has to speak of, and why; and each family's months behind and ahead, for its picture."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from engine.answers.answer import Alert, Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.forecasting import statistical
from engine.answers.sop import history
from engine.answers.sop.basis import TABLES, Demand, demand_of
from engine.answers.sop.budget_bridge import budget_rows
from engine.answers.sop.families import OF_ALL, picked
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import forecast_error
from engine.sop.grid import Axes, Numbers, grid, months_from, tall

COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("reasons_n", message("Reasons"), "count"),
    Column("reason", message("Why it is on the list"), "message"),
    Column("demand_value", message("Demand, money"), "money"),
    Column("change_share", message("Against the year before"), "share"),
    Column("budget_gap_share", message("Against the budget"), "share"),
    Column("revised_share", message("Revised since the last cycle"), "share"),
    Column("beyond_n", message("Months beyond the 80 % interval"), "count"),
    Column("bias_share", message("Bias (forecast − actual)"), "share"),
    Column("tracking_over", message("Tracking signal (forecast − actual)"), "ratio"),
    Column("below_contracts_qty", message("Below contracts"), "qty"),
    Column("overrides_n", message("Cells changed"), "count"),
    Column("override_value", message("Changed by hand, money"), "money"),
    Column("stake_value", message("Money at stake"), "money"),
)
REASONS: dict[str, Message] = {
    "unknown": message("demand of some months is unknown"),
    "contracts": message("planned below its contracts"),
    "revised": message("revised since the last cycle"),
    "budget": message("away from the budget"),
    "interval": message("beyond what the statistics hold likely"),
    "biased": message("forecast too high or too low, month after month"),
}
BEHIND = 12
OUTSIDE = 0.2
"""The share of months that an 80 % interval leaves outside by its own account."""


def demand_review(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """One row a family (COLUMNS): those with a reason first, the most money at stake leading; then the rest by their demand.

    extra: `months` (family, month, is_ahead, actual_qty, last_year_qty, budget_qty, demand_qty, statistical_qty, low_80, high_80: a year behind and the
    months ahead). facts: reasons (words), exceptions (how many families have a reason), key (by what families are told apart: a column of products).
    """
    answer: Answer = _demand_review(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _demand_review(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    demand = demand_of(source, selection, run)
    chosen = picked(source, selection, scope, demand.families)
    lines = _lines(source, demand, run)
    frame = _frame(source, demand, lines, _errors(source, demand)).filter(pl.col("family").is_in(chosen))
    exceptions = frame.filter(pl.col("reasons_n") > 0).height
    return Answer(
        name="demand_review",
        headline=_headline(frame, exceptions, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        first=demand.months.ahead[0],
        last=demand.months.ahead[-1],
        alerts=_alerts(frame),
        notes=(
            message("Money at stake: what lies below contracts, was revised, lies beyond the 80 % interval or away from the budget, whichever is most."),
            message("The bias is that of the forecasts as they stood when each month began, over the months behind that the family sheet shows."),
        ),
        missing=tuple(table for table in ("sales", *TABLES, "budget") if not source.has(table)),
        extra={"months": _months(demand, lines).filter(pl.col("family").is_in(chosen))},
        facts={"reasons": dict(REASONS), "exceptions": exceptions, "key": str(source.settings["forecast_family"])},
        scope=scope,
        selection=selection,
    )


def _lines(source: Source, demand: Demand, run: str) -> Mapping[str, Numbers]:
    """Families × months ahead: budget, earlier (the forecast of the last cycle), statistical with low and high; and behind: actual, before."""
    families, months = demand.families, demand.months
    axes, behind = demand.axes, months_from(months.year_behind[0], BEHIND)
    back = Axes(families.names, behind)
    earlier = history.as_of_last_cycle(demand.forecast, months.as_of)
    own = statistical(source.whole, run).filter(pl.col("month").is_in(list(months.ahead)))
    budget = budget_rows(source, families, [*behind, *months.ahead])
    both = Axes(families.names, (*behind, *months.ahead))
    known = grid(budget, both, "qty", absent=np.nan) if _is_whole(budget) else np.full(both.shape, np.nan)
    return {
        "budget": known[:, BEHIND:],
        "budget_behind": known[:, :BEHIND],
        "budget_value": grid(budget, both, "net_value", absent=np.nan)[:, BEHIND:],
        "earlier": grid(history.forecasts(source, families, earlier, months.ahead), axes, "qty", absent=np.nan),
        "forecast": grid(demand.forecast, axes, "qty", absent=np.nan),
        "statistical": grid(own, axes, "qty", absent=np.nan),
        "low": grid(own, axes, "low_80", absent=np.nan),
        "high": grid(own, axes, "high_80", absent=np.nan),
        "actual": grid(history.sales(source, families, behind), back, "qty"),
        "before": history.sales_year_before(source, families, behind),
    }


def _is_whole(budget: pl.DataFrame) -> bool:
    """Whether the budget is said in quantities too."""
    return budget.height > 0 and bool(budget["qty"].is_not_null().all())


def _errors(source: Source, demand: Demand) -> pl.DataFrame:
    """family, bias_share, tracking_over: of the forecasts as they stood when the months behind began."""
    families, months = demand.families, demand.months
    axes = Axes(families.names, months.behind)
    stood = grid(history.forecasts(source, families, months.as_of, months.behind, made_before_month=True), axes, "qty", absent=np.nan)
    sold = grid(history.sales(source, families, months.behind), axes, "qty")
    past = tall(axes, forecast_qty=stood, actual_qty=sold)
    board = forecast_error.board(past, "family").select("family", "bias_share")
    return board.join(forecast_error.signals(past, "family").select("family", "tracking_over"), on="family", how="left")


def _frame(source: Source, demand: Demand, lines: Mapping[str, Numbers], errors: pl.DataFrame) -> pl.DataFrame:
    plan, price = demand.plan, demand.price[:, None]
    below = np.nansum(np.maximum(demand.composed.contracted - plan, 0.0), axis=1)
    revised = np.where(np.isnan(lines["earlier"]) | np.isnan(lines["forecast"]), np.nan, lines["forecast"] - lines["earlier"])
    outside = np.maximum(np.maximum(lines["low"] - plan, plan - lines["high"]), 0.0)
    effects = demand.layered.effects.group_by("family").agg(
        pl.len().cast(pl.Float64).alias("overrides_n"), pl.col("effect_value").sum().alias("override_value")
    )
    with_budget = np.where(np.isnan(lines["budget_value"]), np.nan, plan * price)
    stakes = [np.nansum(np.abs(part) * price, axis=1) for part in (np.maximum(demand.composed.contracted - plan, 0.0), revised, outside)]
    stakes.append(np.abs(np.nansum(with_budget, axis=1) - np.nansum(np.where(np.isnan(with_budget), np.nan, lines["budget_value"]), axis=1)))
    rows = pl.DataFrame(
        {
            "family": demand.families.names,
            "demand_value": _sums(plan * price),
            "change_share": _ratio(np.where(np.isnan(demand.year_before), np.nan, plan), demand.year_before),
            "budget_gap_share": _ratio(with_budget, lines["budget_value"]),
            "revised_share": _ratio(np.where(np.isnan(revised), np.nan, lines["forecast"]), np.where(np.isnan(revised), np.nan, lines["earlier"])),
            "beyond_n": np.where(np.isnan(lines["low"]).all(axis=1), np.nan, (outside > 0).sum(axis=1).astype(float)),
            "below_contracts_qty": below,
            "stake_value": np.max(np.stack(stakes), axis=0),
            "_unknown": np.isnan(plan).any(axis=1),
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    joined = demand.families.named(rows).join(errors, on="family", how="left").join(effects, on="family", how="left")
    return joined.with_columns(pl.col("overrides_n", "override_value").fill_null(0.0)).pipe(_reasoned, source, demand)


def _sums(values: Numbers) -> Numbers:
    """Sum of the known months of each family; not a number where none is."""
    return np.where(np.isnan(values).all(axis=1), np.nan, np.nansum(values, axis=1))


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    """Σ part ÷ Σ whole − 1 over the months that both know."""
    both = ~np.isnan(part) & ~np.isnan(whole)
    above, below = np.where(both, part, 0.0).sum(axis=1), np.where(both, whole, 0.0).sum(axis=1)
    return np.where(below > 0, above / np.where(below > 0, below, 1.0) - 1, np.nan)


def _reasoned(rows: pl.DataFrame, source: Source, demand: Demand) -> pl.DataFrame:
    """With the reasons of each family as one sentence, in the order of COLUMNS."""
    moved, gap = float(source.settings["plan_moved_share"]), float(source.settings["plan_budget_gap_share"])
    limit = forecast_error.TRACKING_LIMITS["tracking_over"]
    tests = {
        "unknown": pl.col("_unknown"),
        "contracts": pl.col("below_contracts_qty") > 0,
        "revised": pl.col("revised_share").abs() > moved,
        "budget": pl.col("budget_gap_share").abs() > gap,
        "interval": pl.col("beyond_n") > OUTSIDE * len(demand.months.ahead),
        "biased": pl.col("tracking_over").abs() > limit,
    }
    flags = rows.select("family", *(test.fill_null(False).alias(name) for name, test in tests.items()))
    said = [_said([REASONS[name] for name in tests if row[name]]) for row in flags.iter_rows(named=True)]
    told = rows.with_columns(pl.sum_horizontal(flags[name].cast(pl.Int64) for name in tests).alias("reasons_n"), pl.Series("reason", said, dtype=pl.String))
    ordered = told.sort(
        pl.col("reasons_n") > 0, pl.when(pl.col("reasons_n") > 0).then("stake_value"), "demand_value", "family", descending=[True, True, True, False],
        nulls_last=True,
    )  # fmt: skip
    return ordered.select(column.name for column in COLUMNS)


def _said(reasons: list[Message]) -> str | None:
    return message("{reasons}", reasons=tuple(reasons)).to_json() if reasons else None


def _months(demand: Demand, lines: Mapping[str, Numbers]) -> pl.DataFrame:
    behind = months_from(demand.months.year_behind[0], BEHIND)
    past = tall(Axes(demand.families.names, behind), actual_qty=lines["actual"], last_year_qty=lines["before"], budget_qty=lines["budget_behind"])
    ahead = tall(
        demand.axes, last_year_qty=demand.year_before, budget_qty=lines["budget"], demand_qty=demand.plan, statistical_qty=lines["statistical"],
        low_80=lines["low"], high_80=lines["high"],
    )  # fmt: skip
    both = [past.with_columns(pl.lit(False).alias("is_ahead")), ahead.with_columns(pl.lit(True).alias("is_ahead"))]
    return pl.concat(both, how="diagonal").sort("family", "month")


def _headline(frame: pl.DataFrame, exceptions: int, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if frame.is_empty():
        return message("There is no family of products to show.")
    if not exceptions:
        return plural("The demand of {n} family needs no word.", "The demand of {n} families needs no word.", n=frame.height)
    first: dict[str, Any] = frame.row(0, named=True)
    return plural(
        "{n} family of {all_n} needs a word: {family}.", "{n} families of {all_n} need a word, first of them {family}.",
        n=exceptions, all_n=frame.height, family=first["family_name"],
    )  # fmt: skip


def _alerts(frame: pl.DataFrame) -> tuple[Alert, ...]:
    """The families planned below what was promised."""
    short = frame.filter(pl.col("below_contracts_qty") > 0).head(3)
    return tuple(
        Alert(message("{family} is planned below its contracts.", family=row["family_name"]), row["stake_value"], "demand", (("line_id", row["family"]),))
        for row in short.iter_rows(named=True)
    )
