"""The family sheet: what was forecast, sold, planned and made, and the stock or backlog that follows, behind and ahead, one family or all."""

import numpy as np
import numpy.typing as npt
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.periods import months_before
from engine.answers.sop import history
from engine.answers.sop.basis import Demand, demand_of
from engine.answers.sop.families import OF_ALL, STRATEGY_WORDS, picked
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import attainment, forecast_error
from engine.sop.family_sheet import Ahead, Past, Rows, backlog_rows, gap_of, past_rows, stock_rows
from engine.sop.grid import Axes, Numbers, grid, tall

ROWS: tuple[tuple[str, Message, str], ...] = (
    ("old_forecast_qty", message("Forecast of the last cycle"), "qty"),
    ("forecast_qty", message("Forecast"), "qty"),
    ("forecast_change_qty", message("Change of the forecast"), "qty"),
    ("sales_qty", message("Sold"), "qty"),
    ("sales_diff_qty", message("Sold − forecast"), "qty"),
    ("sales_diff_cum_qty", message("Sold − forecast, cumulated"), "qty"),
    ("old_plan_qty", message("Plan of the last cycle"), "qty"),
    ("planned_qty", message("Production plan"), "qty"),
    ("plan_change_qty", message("Change of the plan"), "qty"),
    ("made_qty", message("Made"), "qty"),
    ("made_diff_qty", message("Made − planned"), "qty"),
    ("made_diff_cum_qty", message("Made − planned, cumulated"), "qty"),
    ("stock_plan_qty", message("Stock as it was planned"), "qty"),
    ("adjustment_qty", message("Found by counts"), "qty"),
    ("stock_qty", message("Stock"), "qty"),
    ("target_qty", message("Stock that is wanted"), "qty"),
    ("target_diff_qty", message("Stock − wanted"), "qty"),
    ("backlog_qty", message("Backlog"), "qty"),
    ("backlog_days", message("Days of work in the backlog"), "days"),
    ("cover_days", message("Days covered"), "days"),
    ("cover_at_least_days", message("Days covered, at least"), "days"),
)
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("strategy", message("How it is made"), "text"),
    Column("month", message("Month"), "month"),
    Column("is_ahead", message("Ahead"), "flag"),
    *(Column(name, label, unit) for name, label, unit in ROWS),
    Column("cover_days_why", message("Why unknown"), "message"),
)
HORIZON_ENDS = message("The stock lasts beyond the months that are planned.")
NO_DEMAND = message("Demand or production of these months is unknown.")
PERFORMANCE = ("sales_performance_share", "made_performance_share", "wmape", "bias_share", "tracking_over", "tracking_under", "bias_streak", "is_moved")


def family_sheet(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The classic sheet with months as rows and its lines as columns (COLUMNS): one row a family and month, `plan_history_months` behind and those
    of the plan ahead; families in order of their demand ahead. The first month ahead starts from the actual closing stock.

    extra: `families` (family, family_name, strategy, unit, PERFORMANCE: of the months behind; is_moved: forecast or plan moved since the last cycle by
    more than the setting), `gaps` (family, month, gap_qty: where the sheet of the past does not close; empty). facts: rows (name, label, unit in their
    order), strategies (words), signs (measure -> sign convention), measures.
    """
    answer: Answer = _family_sheet(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _family_sheet(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    demand = demand_of(source, selection, run)
    chosen = picked(source, selection, scope, demand.families)
    behind, known = _behind(source, demand)
    ahead = _ahead(source, demand, behind["stock_qty"][:, -1])
    frame = _frame(demand, behind, ahead).filter(pl.col("family").is_in(chosen))
    families = _performance(source, demand, behind, ahead).filter(pl.col("family").is_in(chosen))
    gaps = tall(Axes(demand.families.names, demand.months.behind), gap_qty=gap_of(behind)).filter(pl.col("gap_qty").abs() > 0.5)
    return Answer(
        name="family_sheet",
        headline=_headline(frame, families, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        first=demand.months.behind[0],
        last=demand.months.ahead[-1],
        notes=_notes(source, known),
        missing=tuple(table for table in ("sales", "stock", "production", "production_plan", "forecasts") if not source.has(table)),
        extra={"families": families, "gaps": gaps},
        facts={"rows": ROWS, "strategies": dict(STRATEGY_WORDS), "signs": dict(forecast_error.SIGNS), "measures": _measures(families)},
        scope=scope,
        selection=selection,
    )


def _behind(source: Source, demand: Demand) -> tuple[Rows, bool]:
    """(rows of the months behind, whether production is known). What is unknown stays unknown: nobody forecast a month, nobody made anything."""
    families, months = demand.families, demand.months.behind
    axes = Axes(families.names, months)
    before = months_before(months[0], 1)
    stock = history.closing_stock(source, families, [before, *months])
    forecast = grid(history.forecasts(source, families, demand.months.as_of, months, made_before_month=True), axes, "qty", absent=np.nan)
    sold = grid(history.sales(source, families, months), axes, "qty")
    known = history.knows_production(source)
    made = history.made(source, families, months) if known else _implied(stock, sold)
    past = Past(stock[:, 0], forecast, sold, history.planned(source, families, months), made, stock[:, 1:])
    rows = past_rows(past)
    return rows, known


def _implied(stock: Numbers, sold: Numbers) -> Numbers:
    """Where nobody told what was made: what must have come in, by the counts."""
    return np.asarray(np.diff(stock, axis=1) + sold)


def _ahead(source: Source, demand: Demand, closing: Numbers) -> Rows:
    families, months = demand.families, demand.months
    earlier = history.as_of_last_cycle(demand.forecast, months.as_of)
    old = grid(history.forecasts(source, families, earlier, months.ahead), demand.axes, "qty", absent=np.nan)
    plan = history.planned(source, families, months.ahead)
    is_stocked = (families.frame["strategy"].to_numpy() != "make_to_order").astype(float)
    wanted = np.full(len(families.names), float(source.settings["plan_cover_days"])) * is_stocked
    filled = np.where(np.isnan(plan), demand.plan, plan)  # where nobody planned, demand is made
    rows = stock_rows(closing, Ahead(demand.plan, filled, months.days, old, history.planned(source, families, months.ahead, back=1), wanted))
    owed = grid(families.keyed(source.whole.read("open_orders_items")).with_columns(pl.lit(months.first).alias("month")), demand.axes, "open_qty")[:, 0]
    work = backlog_rows(owed, Ahead(demand.plan, filled, months.days))
    to_order = np.where(is_stocked > 0, np.nan, 1.0)[:, None]
    return {**rows, "planned_qty": filled, "backlog_qty": work["backlog_qty"] * to_order, "backlog_days": work["backlog_days"] * to_order}


def _frame(demand: Demand, behind: Rows, ahead: Rows) -> pl.DataFrame:
    parts = []
    for rows, months, is_ahead in ((behind, demand.months.behind, False), (ahead, demand.months.ahead, True)):
        unknown = np.full((len(demand.families.names), len(months)), np.nan)
        table = tall(Axes(demand.families.names, months), **{name: rows.get(name, unknown) for name, _, _ in ROWS})
        parts.append(table.with_columns(pl.lit(is_ahead).alias("is_ahead")))
    whole = demand.families.named(pl.concat(parts))
    why = pl.when(pl.col("is_ahead") & pl.col("cover_days").is_null())
    ends = why.then(pl.when(pl.col("stock_qty").is_null()).then(pl.lit(NO_DEMAND.to_json())).otherwise(pl.lit(HORIZON_ENDS.to_json())))
    worth = dict(zip(demand.families.names, np.nansum(demand.plan, axis=1) * np.nan_to_num(demand.price), strict=True))
    order = pl.col("family").replace_strict(worth, default=0.0, return_dtype=pl.Float64)
    ordered = whole.with_columns(ends.alias("cover_days_why")).sort(order, "family", "month", descending=[True, False, False])
    return ordered.select(column.name for column in COLUMNS)


def _performance(source: Source, demand: Demand, behind: Rows, ahead: Rows) -> pl.DataFrame:
    """How well each family kept to its forecasts and plans, and whether it moved since the last cycle."""
    axes = Axes(demand.families.names, demand.months.behind)
    past = tall(axes, forecast_qty=behind["forecast_qty"], actual_qty=behind["sales_qty"])
    errors = forecast_error.board(past, "family").select("family", "wmape", "bias_share")
    signals = forecast_error.signals(past, "family").select("family", "tracking_over", "tracking_under", "bias_streak")
    known = ~np.isnan(behind["forecast_qty"])
    planned = np.where(np.isnan(behind["planned_qty"]), 0.0, behind["planned_qty"])
    sold = attainment.performance(np.where(known, behind["sales_qty"], 0.0).sum(axis=1), np.where(known, behind["forecast_qty"], 0.0).sum(axis=1))
    made = attainment.performance(np.where(planned > 0, behind["made_qty"], 0.0).sum(axis=1), planned.sum(axis=1))
    limit = float(source.settings["plan_moved_share"])
    moved = _moved(ahead["old_forecast_qty"], ahead["forecast_qty"], limit) | _moved(ahead["old_plan_qty"], ahead["planned_qty"], limit)
    kept = pl.DataFrame({"family": demand.families.names, "sales_performance_share": sold, "made_performance_share": made, "is_moved": moved})
    kept = kept.with_columns(pl.col("sales_performance_share", "made_performance_share").fill_nan(None))
    joined = demand.families.frame.join(kept, on="family", how="left").join(errors, on="family", how="left").join(signals, on="family", how="left")
    return joined.select("family", "family_name", "strategy", "unit", *PERFORMANCE)


def _moved(old: Numbers, new: Numbers, limit: float) -> npt.NDArray[np.bool_]:
    """Families whose sum over the months that both cycles know moved by more than a share."""
    both = ~np.isnan(old) & ~np.isnan(new)
    before, after = np.where(both, old, 0.0).sum(axis=1), np.where(both, new, 0.0).sum(axis=1)
    return np.asarray((np.abs(after - before) > limit * np.abs(before)) & both.any(axis=1))


def _headline(frame: pl.DataFrame, families: pl.DataFrame, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if frame.is_empty():
        return message("There is no family of products to show.")
    moved = families.filter("is_moved").height
    short = frame.filter(pl.col("is_ahead") & (pl.col("stock_qty") < 0))["family"].n_unique()
    said = plural("{n} family is on this sheet.", "{n} families are on this sheet.", n=families.height)
    if short:
        further = plural("{n} of them runs out of stock by its plan.", "{n} of them run out of stock by their plan.", n=short)
    elif moved:
        further = plural("{n} of them moved since the last cycle.", "{n} of them moved since the last cycle.", n=moved)
    else:
        further = message("None runs out of stock by its plan, none moved since the last cycle.")
    return message("{said} {further}", said=said, further=further)


def _measures(families: pl.DataFrame) -> tuple[Measured, ...]:
    why = message("No month behind has both a forecast and sales.")
    known = families.filter(pl.col("bias_share").is_not_null())
    return (
        Measured(message("Families"), families.height, "count", message("With a product in the catalogue.")),
        Measured(message("Moved since the last cycle"), families.filter("is_moved").height, "count", message("Forecast or plan.")),
        Measured(
            message("Forecast too high"), known.filter(pl.col("bias_share") > 0).height if known.height else None, "count",
            message("Families whose forecasts were above what was sold, all months together (forecast − actual)."), why,
        ),
    )  # fmt: skip


def _notes(source: Source, known: bool) -> tuple[Message, ...]:
    notes = [
        message("Forecasts behind are those that stood when the month began; sold is what was shipped less what came back."),
        message("Stock behind is as counted; what counts found beyond sold and made stands in a line of its own, so that the sheet closes."),
        message("Of families made to order, backlog = open orders + demand − production plan."),
        message("Ahead: stock = stock before + production plan − demand, from the actual closing stock on; below zero it is owed."),
    ]
    if not known:
        notes.append(message("Nobody told what was made, so what must have come in stands for it, by stock and sales."))
    if not (source.has("production_plan") or source.has("purchase_plan")):
        notes.append(message("No production plan was loaded: it is taken that demand is made."))
    return tuple(notes)
