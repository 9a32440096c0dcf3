"""How far forecasts were off: every measure of the board, each with the sign convention that it is reckoned in.

Two conventions live side by side in the textbooks, and neither is “the” right one: forecast − actual (Chopra) and actual − forecast (Heizer).
So a figure never travels without its convention: `SIGNS` names it for every measure. Groups are ratios of sums, never means of ratios.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import polars as pl

from engine.messages import Message, message
from engine.sop.grid import Numbers

OVER = message("forecast − actual: above zero the forecast was too high")
UNDER = message("actual − forecast: above zero more was sold than forecast")
SIZE = message("size of the error, without a sign")
SIGNS: Mapping[str, Message] = MappingProxyType({
    "mad": SIZE, "mse": SIZE, "rmse": SIZE, "sigma": SIZE, "mape": SIZE, "wmape": SIZE, "accuracy": SIZE, "smape": SIZE, "smape_weighted": SIZE, "mase": SIZE,
    "hit_share": SIZE, "bias_share": OVER, "bias_share_under": UNDER, "tracking_over": OVER, "tracking_under": UNDER, "bias_streak": OVER,
})  # fmt: skip
"""Measure -> its sign convention, as it is said beside the figure."""
LABELS: Mapping[str, Message] = MappingProxyType({
    "mad": message("Mean absolute error"),
    "mse": message("Mean squared error"),
    "rmse": message("Root of the mean squared error"),
    "sigma": message("Deviation of the error (1.25 × mean absolute error)"),
    "mape": message("Mean absolute percentage error"),
    "wmape": message("Error, weighted by volume"),
    "accuracy": message("Accuracy (1 − error, weighted by volume)"),
    "smape": message("Symmetric percentage error"),
    "smape_weighted": message("Symmetric percentage error, weighted by forecast"),
    "mase": message("Error against the naive forecast (MASE)"),
    "hit_share": message("Months within tolerance"),
    "bias_share": message("Bias (forecast − actual)"),
    "bias_share_under": message("Bias (actual − forecast)"),
    "tracking_over": message("Tracking signal (forecast − actual)"),
    "tracking_under": message("Tracking signal (actual − forecast)"),
    "bias_streak": message("Months of the same sign running"),
})  # fmt: skip
TRACKING_LIMITS: Mapping[str, float] = MappingProxyType({"tracking_over": 6.0, "tracking_under": 4.0})
"""The textbooks' alarms: beyond ±6 mean absolute errors (Chopra, ch. 7), ±4 (Heizer, ch. 4)."""
SIGMA_OF_MAD = 1.25


# ── one series ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def running_mad(forecast: Numbers, actual: Numbers) -> Numbers:
    """Mean absolute error of the months up to each month."""
    return np.asarray(np.cumsum(np.abs(forecast - actual)) / np.arange(1, np.size(actual) + 1))


def tracking(forecast: Numbers, actual: Numbers, convention: str) -> Numbers:
    """Tracking signal up to each month: running sum of errors ÷ running mean absolute error.

    convention: `over` (forecast − actual, Chopra) or `under` (actual − forecast, Heizer: RSFE ÷ MAD). Not a number while no error occurred.
    """
    error = (forecast - actual) * (1.0 if convention == "over" else -1.0)
    mad = running_mad(forecast, actual)
    return np.asarray(np.where(mad > 0, np.cumsum(error) / np.where(mad > 0, mad, 1.0), np.nan))


def bias_streak(forecast: Numbers, actual: Numbers) -> int:
    """How many months running the last errors have the same sign: above zero too high, below zero too low; 0 where the last one is right."""
    streak = 0
    for error in np.asarray(forecast - actual)[::-1]:
        sign = int(np.sign(error))
        if sign == 0 or streak * sign < 0:
            break
        streak += sign
    return streak


def naive_scale(training: Numbers, season: int = 1) -> float:
    """Mean absolute change from one season (or month) to the next in the training part: the denominator of MASE. Hyndman and Koehler, 2006."""
    return float(np.mean(np.abs(training[season:] - training[:-season])))


# ── many families and months ─────────────────────────────────────────────────────────────────────────────────────────────


def additive(frame: pl.DataFrame, tolerance: float = 0.2) -> pl.DataFrame:
    """What adds up, for each row of a frame with forecast_qty and actual_qty (and, for MASE, naive_scale): the inputs of every measure.

    Rows without forecast or actual are left out. tolerance: share of the actual within which a month is a hit. Where the actual is 0 a
    percentage means nothing: the row is in the sums, not in percentage_n, and skipped_n counts it.
    """
    error, actual, forecast = pl.col("forecast_qty") - pl.col("actual_qty"), pl.col("actual_qty"), pl.col("forecast_qty")
    known = frame.filter(forecast.is_not_null() & actual.is_not_null())
    sold, both = actual.abs() > 0, forecast.abs() + actual.abs()
    symmetric = pl.when(both > 0).then(2 * error.abs() / both)
    scale = pl.col("naive_scale") if "naive_scale" in frame.columns else pl.lit(None, dtype=pl.Float64)
    scaled = pl.when(scale > 0).then(error.abs() / scale)
    return known.with_columns(
        pl.lit(1.0).alias("n"),
        error.alias("error_qty"),
        error.abs().alias("absolute_qty"),
        (error**2).alias("square"),
        pl.when(sold).then(error.abs() / actual.abs()).otherwise(0.0).alias("percentage"),
        sold.cast(pl.Float64).alias("percentage_n"),
        (~sold).cast(pl.Float64).alias("skipped_n"),
        symmetric.fill_null(0.0).alias("symmetric"),
        symmetric.is_not_null().cast(pl.Float64).alias("symmetric_n"),
        (symmetric.fill_null(0.0) * forecast.clip(lower_bound=0.0)).alias("symmetric_weighted"),
        (forecast.clip(lower_bound=0.0) * symmetric.is_not_null()).alias("symmetric_weight"),
        (sold & (error.abs() <= tolerance * actual.abs())).cast(pl.Float64).alias("hits"),
        scaled.fill_null(0.0).alias("scaled"),
        scaled.is_not_null().cast(pl.Float64).alias("scaled_n"),
    )


SUMMED = (
    "n", "actual_qty", "forecast_qty", "error_qty", "absolute_qty", "square", "percentage", "percentage_n", "skipped_n", "symmetric", "symmetric_n",
    "symmetric_weighted", "symmetric_weight", "hits", "scaled", "scaled_n",
)  # fmt: skip


def board(frame: pl.DataFrame, *keys: str, tolerance: float = 0.2) -> pl.DataFrame:
    """Every measure of LABELS but the running ones, for each value of the keys: sums first, then one division (never a mean of percentages).

    frame: family, month, forecast_qty, actual_qty (and naive_scale). A measure without a denominator is null: mape where every actual is 0,
    wmape where nothing was sold, mase without a scale. accuracy = 1 − wmape, below zero where the forecast is worse than none.
    """
    rows = additive(frame, tolerance)
    sums = [pl.col(name).cast(pl.Float64).sum() for name in SUMMED]
    summed = rows.group_by(*keys, maintain_order=True).agg(sums) if keys else rows.select(sums)

    def ratio(above: str, below: str) -> pl.Expr:
        return pl.when(pl.col(below) > 0).then(pl.col(above) / pl.col(below))

    return summed.with_columns(
        ratio("absolute_qty", "n").alias("mad"),
        ratio("square", "n").alias("mse"),
        ratio("square", "n").sqrt().alias("rmse"),
        (SIGMA_OF_MAD * ratio("absolute_qty", "n")).alias("sigma"),
        ratio("percentage", "percentage_n").alias("mape"),
        ratio("absolute_qty", "actual_qty").alias("wmape"),
        (1 - ratio("absolute_qty", "actual_qty")).alias("accuracy"),
        ratio("symmetric", "symmetric_n").alias("smape"),
        ratio("symmetric_weighted", "symmetric_weight").alias("smape_weighted"),
        ratio("error_qty", "actual_qty").alias("bias_share"),
        (-ratio("error_qty", "actual_qty")).alias("bias_share_under"),
        ratio("hits", "percentage_n").alias("hit_share"),
        ratio("scaled", "scaled_n").alias("mase"),
    )


def signals(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """The running measures of each value of the keys: keys, tracking_over, tracking_under, bias_streak, n_months.

    The months of a group are added up before the errors are taken: a signal belongs to the group's own series.
    """
    known = frame.filter(pl.col("forecast_qty").is_not_null() & pl.col("actual_qty").is_not_null())
    monthly = known.group_by(*keys, "month").agg(pl.col("forecast_qty", "actual_qty").cast(pl.Float64).sum()).sort(*keys, "month")
    series = monthly.group_by(*keys, maintain_order=True).agg("forecast_qty", "actual_qty")
    found = []
    for row in series.iter_rows(named=True):
        forecast, actual = np.array(row["forecast_qty"]), np.array(row["actual_qty"])
        over, under = (float(tracking(forecast, actual, convention)[-1]) for convention in ("over", "under"))
        found.append((*(row[key] for key in keys), over, under, bias_streak(forecast, actual), len(actual)))
    kinds: dict[str, pl.DataType] = {key: frame.schema[key] for key in keys}
    kinds |= {"tracking_over": pl.Float64(), "tracking_under": pl.Float64(), "bias_streak": pl.Int64(), "n_months": pl.Int64()}
    return pl.DataFrame(found, schema=kinds, orient="row").with_columns(pl.col("tracking_over", "tracking_under").fill_nan(None))


# ── forecast value added, lags, revisions ────────────────────────────────────────────────────────────────────────────────

CHAIN = ("naive", "statistical", "expert", "sales", "consensus", "approved")
"""The steps through which a forecast passes, in order; each must earn its place."""


def value_added(frame: pl.DataFrame, steps: Sequence[str] = CHAIN, measure: str = "wmape") -> pl.DataFrame:
    """What each step of the chain added: step, error_share, added_points (error before − error after, in percentage points), n, dropped_n.

    frame: actual_qty and one column of forecasts a step, one row for each family, month and lag. Only steps that the frame has are compared,
    and only rows that all of them forecast: the same population, at the same lag. dropped_n: rows left out for that.
    """
    there = [step for step in steps if step in frame.columns]
    whole = frame.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in (*there, "actual_qty"))) if there else frame.clear()
    errors = [board(whole.select(pl.col(step).alias("forecast_qty"), "actual_qty"))[measure][0] for step in there]
    return points_added(there, errors).with_columns(pl.lit(whole.height).alias("n"), pl.lit(frame.height - whole.height).alias("dropped_n"))


def points_added(steps: Sequence[str], errors: Sequence[float | None]) -> pl.DataFrame:
    """step, error_share, added_points of given errors (shares) along a chain; the first step is what the others are measured by: null."""
    rows = []
    for place, (step, error) in enumerate(zip(steps, errors, strict=True)):
        before = errors[place - 1] if place else None
        rows.append((step, error, None if before is None or error is None else 100 * (before - error)))
    return pl.DataFrame(rows, schema={"step": pl.String, "error_share": pl.Float64, "added_points": pl.Float64}, orient="row")


def lag_accuracy(versions: pl.DataFrame, actual: pl.DataFrame, *keys: str, tolerance: float = 0.2) -> pl.DataFrame:
    """Accuracy by how many months before the forecast was made: keys, lag_months and the measures of `board`.

    versions: family, cycle (month in which the version was cut), month (that is forecast), forecast_qty. actual: family, month, actual_qty.
    Lag 1 is the forecast that was cut in the month before.
    """
    lag = (pl.col("month").dt.year() - pl.col("cycle").dt.year()) * 12 + pl.col("month").dt.month().cast(pl.Int32) - pl.col("cycle").dt.month()
    joined = versions.with_columns(lag.cast(pl.Int64).alias("lag_months")).join(actual, on=["family", "month"], how="inner")
    return board(joined, *keys, "lag_months", tolerance=tolerance).sort(*keys, "lag_months")


def churn(before: pl.DataFrame, after: pl.DataFrame, fence_months: Sequence[object] = ()) -> tuple[float | None, float | None]:
    """(churn, churn inside the time fence) between two versions: Σ|new − old| ÷ Σ old. None where the old version is empty.

    Both: family, month, forecast_qty; a month that only one of them knows is no revision and is left out.
    """
    both = before.join(after, on=["family", "month"], how="inner", suffix="_after")
    moved = both.with_columns((pl.col("forecast_qty_after") - pl.col("forecast_qty")).abs().alias("moved_qty"))
    inside = moved.filter(pl.col("month").is_in(list(fence_months)))

    def share(rows: pl.DataFrame) -> float | None:
        base = float(rows["forecast_qty"].sum())
        return float(rows["moved_qty"].sum()) / base if base > 0 else None

    return share(moved), share(inside)
