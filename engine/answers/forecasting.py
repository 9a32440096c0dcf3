"""What is expected to be asked for in the coming months, by family or product, with how far off it may be and how it was made."""

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_kept import KINDS, METHODS, NOT_MADE, OF_ALL, WAYS, Kept, kept_of, run_of
from engine.answers.measured import Measured
from engine.answers.periods import months_before
from engine.answers.picking import pick_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message
from engine.scope import Scope
from engine.selection import Selection

COLUMNS = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("sku", message("Product"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("month", message("Month"), "month"),
    Column("qty", message("Forecast"), "qty"),
    Column("low_80", message("80 %: at least"), "qty"),
    Column("high_80", message("80 %: at most"), "qty"),
    Column("low_95", message("95 %: at least"), "qty"),
    Column("high_95", message("95 %: at most"), "qty"),
    Column("promotion_qty", message("Of it by planned promotions"), "qty"),
    Column("kind", message("Kind of demand"), "text"),
    Column("method", message("Method"), "text"),
    Column("wape", message("Error in the past"), "share"),
    Column("mase", message("Error against the usual step of a year"), "ratio"),
    Column("naive_wape", message("Error of the month of a year ago"), "share"),
    Column("fva_share", message("Value added"), "points"),
    Column("bias_share", message("Bias (forecast − demand)"), "share"),
    Column("wape_why", message("Why unknown"), "message"),
)
TOO_SHORT = message("It has too few months of its own to be tested in the past.")
NOTHING_EXPECTED = message("Nothing is expected of it, so there is nothing to test.")
NO_DEMAND = message("Nothing was asked for in the months that were tested.")
YEAR = 12


def forecast(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """The forecast that was made last: one row a family and month, or a product and month where products are asked for (COLUMNS).

    Largest first, months in order. extra: `history` (keys, month, shipped_qty, what was added and taken away, demand_qty), `series` (how each was
    forecast), `choices` (methods by class), `ways` (how products and families were made to agree). facts: kinds, methods, ways (words), way, measures,
    made_of, made_at, last_month. Without a forecast, or for somebody who does not see all regions, the table is empty and the headline says why.
    """
    answer: Answer = _forecast(warehouse, selection, scope, run_of(warehouse))
    return answer


@remembered
def _forecast(source: Source, selection: Selection, scope: Scope, run: str) -> Answer:
    kept = kept_of(source, run)
    if kept is None or not scope.sees_all:
        return _nothing(source, selection, scope, NOT_MADE if scope.sees_all else OF_ALL)
    by_item = "sku" in selection.by or selection.allowed("sku") is not None
    key = "sku" if by_item else "family"
    families = family_names(source)
    codes = _picked(source, selection, scope, kept, key)
    series = kept.read("forecast_series").filter(pl.col("level") == ("item" if by_item else "family"), pl.col("code").is_in(codes))
    ahead = kept.read("forecast_items" if by_item else "forecast_families").filter(pl.col(key).is_in(codes))
    frame = _named(source, ahead, families, by_item).join(_told(series), left_on=key, right_on="code", how="left")
    order = pl.col("qty").sum().over(key)
    frame = frame.sort(order, key, "month", descending=[True, False, False], nulls_last=True)
    history = _history(kept, key, codes)
    measures = _measures(kept, frame, history, series)
    return Answer(
        name="forecast",
        headline=_headline(measures),
        frame=frame.select(column.name for column in COLUMNS),
        columns=COLUMNS,
        version=source.version,
        as_of=kept.as_of,
        first=ahead["month"].min(),  # type: ignore[arg-type]
        last=ahead["month"].max(),  # type: ignore[arg-type]
        notes=kept.notes,
        missing=tuple(table for table in ("products", "sales", "availability", "promotions") if not source.has(table)),
        extra={"history": history, "series": series, "choices": kept.read("forecast_choices"), "ways": kept.read("forecast_ways")},
        facts={
            "kinds": dict(KINDS), "methods": dict(METHODS), "ways": dict(WAYS), "way": kept.way, "measures": measures, "made_of": kept.version,
            "made_at": kept.made_at, "last_month": kept.last_month,
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _nothing(source: Source, selection: Selection, scope: Scope, said: Message) -> Answer:
    schema = {column.name: _type_of(column) for column in COLUMNS}
    missing = tuple(table for table in ("products", "sales") if not source.has(table))
    return Answer("forecast", said, pl.DataFrame(schema=schema), COLUMNS, source.version, missing=missing, scope=scope, selection=selection)


def _type_of(column: Column) -> pl.DataType:
    return pl.Date() if column.unit == "month" else pl.String() if column.unit in ("code", "text", "message") else pl.Float64()


def family_names(source: Source) -> pl.DataFrame:
    """family, family_name."""
    key = str(source.settings["forecast_family"])
    name = pl.col("line_name") if key == "line_id" else pl.col(key)
    products = source.whole.items.filter(pl.col("item_kind") == "product")
    return products.group_by(pl.col(key).fill_null("").alias("family")).agg(name.drop_nulls().first().alias("family_name"))


def _picked(source: Source, selection: Selection, scope: Scope, kept: Kept, key: str) -> list[str]:
    """The codes that the filters let through; a family counts where any of its products does."""
    pairs = kept.read("forecast_series").filter(pl.col("level") == "item").select(pl.col("code").alias("sku"), "family")
    items = pick_of(source, selection, scope).items
    if items is not None:
        pairs = pairs.filter(pl.col("sku").is_in(items))
    return pairs[key].unique().sort().to_list()


def _named(source: Source, ahead: pl.DataFrame, families: pl.DataFrame, by_item: bool) -> pl.DataFrame:
    named = ahead.join(families, on="family", how="left")
    if by_item:
        return named.join(source.whole.items.select(pl.col("item_id").alias("sku"), "item_name"), on="sku", how="left")
    return named.with_columns(pl.lit(None, dtype=pl.String).alias("sku"), pl.lit(None, dtype=pl.String).alias("item_name"))


def _told(series: pl.DataFrame) -> pl.DataFrame:
    why = (
        pl.when(pl.col("wape").is_not_null()).then(None)
        .when(pl.col("kind") == "ended").then(pl.lit(NOTHING_EXPECTED.to_json()))
        .when(pl.col("compared_months") > 0).then(pl.lit(NO_DEMAND.to_json()))
        .otherwise(pl.lit(TOO_SHORT.to_json()))
    )  # fmt: skip
    method = pl.coalesce("stood_in", "method").alias("method")
    return series.select("code", "kind", method, "wape", "mase", "naive_wape", "fva_share", "bias_share", why.alias("wape_why"))


def _history(kept: Kept, key: str, codes: list[str]) -> pl.DataFrame:
    parts = ("shipped_qty", "returned_qty", "missing_qty", "stock_out_qty", "promotion_qty", "slip_qty", "demand_qty")
    rows = kept.read("forecast_history").filter(pl.col(key).is_in(codes))
    return rows.group_by(key, "month").agg(pl.col(*parts).sum()).sort(key, "month")


def _measures(kept: Kept, frame: pl.DataFrame, history: pl.DataFrame, series: pl.DataFrame) -> tuple[Measured, ...]:
    """Demand of the year ahead, against the year behind, the error in the past and what the methods add."""
    ahead = float(frame.filter(pl.col("month") <= months_before(kept.last_month, -YEAR))["qty"].sum())
    behind = float(history.filter(pl.col("month") > months_before(kept.last_month, YEAR))["demand_qty"].sum())
    error, naive = _pooled(kept, series)
    unknown = message("No forecast of the past can be compared with what came.")
    return (
        Measured(message("Expected in twelve months"), ahead, "qty", message("Sum of the forecasts of the next twelve months.")),
        Measured(
            message("Against the twelve months before"), ahead / behind - 1 if behind > 0 else None, "share",
            message("Forecast of twelve months ÷ demand of the last twelve − 1."), message("There was no demand in the last twelve months."),
        ),
        Measured(message("Error in the past"), error, "share", message("Sum of the errors of forecasts made in the past ÷ what came."), unknown),
        Measured(
            message("Value added"), None if error is None or naive is None else naive - error, "points",
            message("Error of the month of a year ago − error of the method; below zero it makes things worse."), unknown,
        ),
    )  # fmt: skip


def _pooled(kept: Kept, series: pl.DataFrame) -> tuple[float | None, float | None]:
    """(WAPE of the methods, of the month of a year ago) over all series: sums, not a mean of shares."""
    past = kept.read("forecast_past").join(series.select("level", "code"), on=["level", "code"], how="semi")
    whole = float(past["actual_qty"].sum())
    if whole <= 0:
        return None, None
    return tuple(float((past[name] - past["actual_qty"]).abs().sum()) / whole for name in ("qty", "naive_qty"))  # type: ignore[return-value]


def _headline(measures: tuple[Measured, ...]) -> Message:
    ahead, change, error, added = (measure.value for measure in measures)
    if not ahead:
        return message("Nothing is expected to be asked for in the next twelve months.")
    if change is None or error is None or added is None:
        return message("{ahead_qty} are expected in the next twelve months.", ahead_qty=ahead)
    said = (
        message("less by {size_points} than the month of a year ago", size_points=added)
        if added >= 0
        else message("more by {size_points} than the month of a year ago", size_points=-added)
    )
    return message(
        "{ahead_qty} are expected in the next twelve months, {change_share} against the last twelve. Past forecasts were off by {error_share}, {said}.",
        ahead_qty=ahead, change_share=change, error_share=error, said=said,
    )  # fmt: skip


def statistical(source: Source, run: str, level: str = "family") -> pl.DataFrame:
    """For other answers: family (and sku), month, qty, low_80 … high_95, promotion_qty of the kept forecast; empty where none was made."""
    kept = kept_of(source, run)
    if kept is None:
        keys = ("sku", "family") if level == "item" else ("family",)
        figures = ("qty", "promotion_qty", "low_80", "high_80", "low_95", "high_95")
        return pl.DataFrame(schema=dict.fromkeys(keys, pl.String) | {"month": pl.Date} | dict.fromkeys(figures, pl.Float64))
    return kept.read("forecast_items" if level == "item" else "forecast_families")
