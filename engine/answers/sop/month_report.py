"""The report with which a cycle begins: the last whole month against plan, budget and last year, family by family; and what changed since the last cycle."""

from datetime import date

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import run_of
from engine.answers.measured import Measured
from engine.answers.periods import end_of, months_before
from engine.answers.sop import history
from engine.answers.sop.basis import Demand, demand_of
from engine.answers.sop.budget_bridge import budget_rows
from engine.answers.sop.families import OF_ALL, picked
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.grid import Axes, Numbers, grid, months_from, tall

TABLES = ("sales", "stock", "production", "production_plan", "orders", "forecasts", "budget")
COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("reason", message("Why it is on the list"), "message"),
    Column("net_value", message("Sold, money"), "money"),
    Column("forecast_gap_share", message("Sold against forecast"), "share", "higher"),
    Column("budget_gap_share", message("Sold against the budget"), "share", "higher"),
    Column("year_gap_share", message("Sold against last year"), "share", "higher"),
    Column("made_gap_share", message("Made against the plan"), "share", "higher"),
    Column("sold_qty", message("Sold"), "qty"),
    Column("forecast_qty", message("Forecast"), "qty"),
    Column("budget_value", message("Budget, money"), "money"),
    Column("year_ago_value", message("Last year, money"), "money"),
    Column("made_qty", message("Made"), "qty"),
    Column("planned_qty", message("Production plan"), "qty"),
    Column("stock_qty", message("Stock at the month's end"), "qty"),
    Column("open_qty", message("Open orders"), "qty"),
    Column("stake_value", message("Money at stake"), "money"),
)
CHANGES = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("what", message("What changed"), "message"),
    Column("before_qty", message("Last cycle"), "qty"),
    Column("after_qty", message("Now"), "qty"),
    Column("change_qty", message("Change, pieces"), "qty"),
    Column("change_share", message("Change"), "share"),
    Column("change_value", message("Change, money"), "money"),
)
REASONS: dict[str, Message] = {
    "forecast": message("sales away from the forecast"),
    "budget": message("sales below the budget"),
    "made": message("production away from its plan"),
}
WHAT: dict[str, Message] = {"forecast": message("Forecast"), "plan": message("Production plan")}
YEAR = 12


def month_report(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The last whole month: one row a family (COLUMNS), those away from plan or budget first, the most money leading.

    extra: `months` (month, actual, last_year, budget: net sales of a year behind; budget and demand plan, `forecast`, of the months ahead), `changes`
    (CHANGES: forecasts and production plans that moved since the last cycle, over the months that both know). facts: measures, month, exceptions,
    key (by what families are told apart: a column of products).
    """
    answer: Answer = _month_report(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _month_report(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    demand = demand_of(source, selection, run)
    chosen = picked(source, selection, scope, demand.families)
    month = demand.months.last
    frame = _frame(source, demand, month).filter(pl.col("family").is_in(chosen))
    months = _months(source, demand) if chosen else _months(source, demand).clear()
    return Answer(
        name="month_report",
        headline=_headline(frame, month, scope),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        as_of=demand.months.as_of,
        first=month,
        last=end_of(month),
        notes=_notes(source),
        missing=tuple(table for table in TABLES if not source.has(table)),
        extra={"months": months, "changes": _changes(source, demand).filter(pl.col("family").is_in(chosen))},
        facts={
            "measures": _measures(frame),
            "month": month,
            "exceptions": frame.filter(pl.col("reason").is_not_null()).height,
            "key": str(source.settings["forecast_family"]),
        },
        scope=scope,
        selection=selection,
    )


def _frame(source: Source, demand: Demand, month: date) -> pl.DataFrame:
    families, whole = demand.families, source.whole
    axes, price = Axes(families.names, (month,)), demand.price[:, None]
    sold, before = history.sales(source, families, [month]), history.sales(source, families, [months_before(month, YEAR)])
    before = before.with_columns(pl.lit(month).alias("month"))
    stood = grid(history.forecasts(source, families, demand.months.as_of, [month], made_before_month=True), axes, "qty", absent=np.nan)
    open_orders = families.keyed(whole.read("open_orders_items")).with_columns(pl.lit(month).alias("month"))
    unknown = np.full(axes.shape, np.nan)
    made = history.made(source, families, [month]) if history.knows_production(source) else unknown
    rows = tall(
        axes, net_value=grid(sold, axes, "net_value"), sold_qty=grid(sold, axes, "qty"), forecast_qty=stood,
        budget_value=grid(budget_rows(source, families, [month]), axes, "net_value", absent=np.nan), year_ago_value=_known(source, month, before, axes),
        made_qty=made, planned_qty=history.planned(source, families, [month]), stock_qty=history.closing_stock(source, families, [month]),
        open_qty=grid(open_orders, axes, "open_qty") if source.has("orders") else unknown, _price=np.broadcast_to(price, axes.shape),
    )  # fmt: skip
    return _reasoned(source, families.named(rows))


def _known(source: Source, month: date, before: pl.DataFrame, axes: Axes) -> Numbers:
    """Last year's sales, not a number where the data do not reach back so far."""
    reach = source.whole.days.get("sales")
    is_known = reach is not None and reach[0] <= end_of(months_before(month, YEAR))
    return grid(before, axes, "net_value") if is_known else np.full(axes.shape, np.nan)


def _reasoned(source: Source, rows: pl.DataFrame) -> pl.DataFrame:
    """With gaps as shares, why a family is on the list, and the money at stake; in the order of COLUMNS."""
    limit = float(source.settings["plan_gap_share"])

    def against(above: str, below: str) -> pl.Expr:
        return pl.when(pl.col(below) > 0).then(pl.col(above) / pl.col(below) - 1)

    told = rows.with_columns(
        against("sold_qty", "forecast_qty").alias("forecast_gap_share"),
        against("net_value", "budget_value").alias("budget_gap_share"),
        against("net_value", "year_ago_value").alias("year_gap_share"),
        against("made_qty", "planned_qty").alias("made_gap_share"),
    )
    money = {
        "forecast": ((pl.col("sold_qty") - pl.col("forecast_qty")) * pl.col("_price")).abs(),
        "budget": (pl.col("net_value") - pl.col("budget_value")).abs(),
        "made": ((pl.col("made_qty") - pl.col("planned_qty")) * pl.col("_price")).abs(),
    }
    tests = {
        "forecast": pl.col("forecast_gap_share").abs() > limit,
        "budget": pl.col("budget_gap_share") < -limit,
        "made": pl.col("made_gap_share").abs() > limit,
    }
    told = told.with_columns(
        pl.max_horizontal(pl.when(tests[name]).then(money[name]) for name in tests).alias("stake_value"),
        *(test.fill_null(False).alias(f"_{name}") for name, test in tests.items()),
    )
    said = [[REASONS[name] for name in tests if row[f"_{name}"]] for row in told.iter_rows(named=True)]
    words = pl.Series("reason", [message("{reasons}", reasons=tuple(each)).to_json() if each else None for each in said], dtype=pl.String)
    ordered = told.with_columns(words).sort("stake_value", "net_value", "family", descending=[True, True, False], nulls_last=True)
    return ordered.select(column.name for column in COLUMNS)


def _months(source: Source, demand: Demand) -> pl.DataFrame:
    """Net sales of all families: a year behind, and what is budgeted and planned ahead."""
    families, span = demand.families, (*demand.months.year_behind, *demand.months.ahead)
    axes = Axes(families.names, span)
    sold = history.sales(source, families, span)
    earlier = months_from(months_before(span[0], YEAR), len(span))
    before = grid(history.sales(source, families, earlier), Axes(families.names, earlier), "net_value").sum(axis=0)
    reach = source.whole.days.get("sales")
    planned = grid(budget_rows(source, families, span), axes, "net_value").sum(axis=0)
    worth = dict(zip(demand.months.ahead, np.nansum(demand.plan * demand.price[:, None], axis=0), strict=True))
    actual = grid(sold, axes, "net_value").sum(axis=0)
    rows = [
        (
            month, float(actual[place]) if month <= demand.months.last else None,
            float(before[place]) if reach is not None and reach[0] <= end_of(earlier[place]) <= end_of(demand.months.last) else None,
            float(planned[place]) if planned[place] > 0 else None, float(worth[month]) if month in worth else None,
        )
        for place, month in enumerate(span)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={"month": pl.Date} | dict.fromkeys(("actual", "last_year", "plan", "forecast"), pl.Float64), orient="row")


def _changes(source: Source, demand: Demand) -> pl.DataFrame:
    """Forecasts and production plans whose sum over the shared months moved by more than the setting, the most money first."""
    families, months, axes = demand.families, demand.months, demand.axes
    earlier = history.as_of_last_cycle(demand.forecast, months.as_of)
    pairs = {
        "forecast": (grid(history.forecasts(source, families, earlier, months.ahead), axes, "qty", absent=np.nan), grid(demand.forecast, axes, "qty", np.nan)),
        "plan": (history.planned(source, families, months.ahead, back=1), history.planned(source, families, months.ahead)),
    }
    limit = float(source.settings["plan_moved_share"])
    rows = []
    for what, (old, new) in pairs.items():
        both = ~np.isnan(old) & ~np.isnan(new)
        before, after = np.where(both, old, 0.0).sum(axis=1), np.where(both, new, 0.0).sum(axis=1)
        for place in np.flatnonzero(both.any(axis=1) & (np.abs(after - before) > limit * np.abs(before))):
            change, price = float(after[place] - before[place]), float(demand.price[place])
            share = change / float(before[place]) if before[place] > 0 else None
            worth = change * price if price == price else None
            rows.append((families.names[place], WHAT[what].to_json(), float(before[place]), float(after[place]), change, share, worth))
    figures = ("before_qty", "after_qty", "change_qty", "change_share", "change_value")
    found = pl.DataFrame(rows, schema={"family": pl.String, "what": pl.String} | dict.fromkeys(figures, pl.Float64), orient="row")
    return families.named(found).sort(pl.col("change_value").abs(), "family", "what", descending=[True, False, False], nulls_last=True).select(
        column.name for column in CHANGES
    )  # fmt: skip


def _total(frame: pl.DataFrame, above: str, below: str) -> float | None:
    """Σ above ÷ Σ below − 1 over the families that know both."""
    both = frame.filter(pl.col(above).is_not_null() & pl.col(below).is_not_null())
    whole = float(both[below].sum())
    return float(both[above].sum()) / whole - 1 if whole > 0 else None


def _measures(frame: pl.DataFrame) -> tuple[Measured, ...]:
    sold = float(frame["net_value"].sum()) if frame.height else None
    no_budget, no_year = message("No budget of the month was loaded."), message("The data do not reach back a year.")
    return (
        Measured(message("Net sales"), sold, "money", message("Of the month, without tax."), message("No sales.")),
        Measured(message("Against the forecast"), _total(frame, "sold_qty", "forecast_qty"), "share",
                 message("Pieces sold ÷ forecast as it stood when the month began − 1."), message("Nobody forecast the month before it began.")),
        Measured(message("Against the budget"), _total(frame, "net_value", "budget_value"), "share", message("Net sales ÷ budget − 1."), no_budget),
        Measured(message("Against last year"), _total(frame, "net_value", "year_ago_value"), "share", message("Net sales ÷ a year ago − 1."), no_year),
        Measured(message("Made against the plan"), _total(frame, "made_qty", "planned_qty"), "share", message("Pieces made ÷ production plan − 1."),
                 message("Production or its plan was not loaded.")),
        Measured(message("Open orders"), float(frame["open_qty"].sum()) if frame["open_qty"].is_not_null().any() else None, "qty",
                 message("Ordered and not yet shipped."), message("Orders were not loaded.")),
    )  # fmt: skip


def _headline(frame: pl.DataFrame, month: date, scope: Scope) -> Message:
    if not scope.sees_all:
        return OF_ALL
    if frame.is_empty():
        return message("There is no family of products to report on.")
    sold, budget, year = float(frame["net_value"].sum()), _total(frame, "net_value", "budget_value"), _total(frame, "net_value", "year_ago_value")
    exceptions = frame.filter(pl.col("reason").is_not_null()).height
    further = (
        plural("{n} family is away from plan or budget.", "{n} families are away from plan or budget.", n=exceptions)
        if exceptions
        else message("No family is away from plan or budget.")
    )
    beside = [_beside(budget, message("the budget")), _beside(year, message("last year"))]
    known = [each for each in beside if each is not None]
    said = (
        message("{month}: sales of {sold_money}, {beside}.", month=month, sold_money=sold, beside=tuple(known))
        if known
        else message("{month}: sales of {sold_money}.", month=month, sold_money=sold)
    )
    return message("{said} {further}", said=said, further=further)


def _beside(share: float | None, what: Message) -> Message | None:
    """How far above or below something; None where that is unknown."""
    if share is None:
        return None
    return (
        message("{size_share} above {what}", size_share=share, what=what) if share >= 0 else message("{size_share} below {what}", size_share=-share, what=what)
    )


def _notes(source: Source) -> tuple[Message, ...]:
    notes = [message("The forecast is the one in force when the month began; stock is as counted at its end; open orders are as of the last day of the data.")]
    if not source.has("production_plan"):
        notes.append(message("No production plan was loaded, so production cannot be compared with one."))
    if not source.has("forecasts"):
        notes.append(message("No forecasts of the company were loaded, so the month cannot be compared with one."))
    return tuple(notes)
