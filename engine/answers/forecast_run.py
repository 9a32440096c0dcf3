"""Making the forecast of a company: read, cleaned, shared out over the cores, put together, and kept beside the version that it was made of.

It is not part of a build. A build answers whether files are sound, and somebody waits for it; a forecast takes minutes for thousands of articles
and changes nothing of the data. So it is made once the version is served (`python -m engine forecast`, and by the close of a month), in a file of
its own beside the version, and meanwhile the forecast of the version below is shown, told as such.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from engine.answers.cores import on_cores
from engine.answers.forecast_inputs import Inputs, inputs_of
from engine.answers.periods import months_before
from engine.answers.source import Source, source_of
from engine.errors import BadUse
from engine.forecast import Numbers, errors
from engine.forecast.classes import demand_interval
from engine.forecast.company import prepared, worked_out
from engine.forecast.finishing import Ahead, Finished, finished
from engine.forecast.shapes import Prepared, Task
from engine.messages import Message, plural
from engine.messages import message as said
from engine.store import beside
from engine.store.build import Progress, nobody
from engine.store.home import Home
from engine.store.warehouse import open_version, open_warehouse

NOTHING_SOLD = said("Nothing was sold in any whole month, so there is nothing to learn a forecast from; load sales first.")


@dataclass(frozen=True)
class Run:
    """A forecast that was made and kept. version: what it was made of."""

    home: Home
    version: int
    path: Path
    items: int
    families: int
    seconds: float


def make(home: Home, progress: Progress = nobody, cores: int | None = None, version: int | None = None) -> Run:
    """Forecast every product and family of a version (default: the served one) and keep it beside the version.

    Raises NothingServed, BadUse where there is nothing to learn from, Busy where a forecast is being made, NotPublished where the disk fails.
    """
    with beside.forecasting(home):
        began = time.perf_counter()
        source = source_of(open_version(home, version) if version is not None else open_warehouse(home)).whole
        progress({"stage": "forecast", "share": 0.0, "what": "read"})
        inputs = inputs_of(source)
        if inputs is None:
            raise BadUse(NOTHING_SOLD)
        company, result = worked_up(inputs, source.settings, progress, cores)
        progress({"stage": "forecast", "share": 0.97, "what": "keep"})
        seconds = time.perf_counter() - began
        tables = _tables(source, inputs, company, result, seconds)
        path = beside.keep(home, source.version, tables)
        beside.sweep(home)
        return Run(home, source.version, path, len(company.items), len(company.families), seconds)


def by_kind(run: Run) -> pl.DataFrame:
    """level, kind, method, series, compared_months, wape, naive_wape, fva_share of a forecast that was made: ratios of sums over the series of a kind."""
    kept = open_warehouse(run.home)
    series = kept.read_file(run.path, "forecast_series").select("level", "code", "kind", "method")
    past = series.join(kept.read_file(run.path, "forecast_past"), on=["level", "code"], how="left")
    whole = pl.col("actual_qty").sum()
    found = past.group_by("level", "kind", "method").agg(
        pl.col("code").n_unique().alias("series"),
        pl.col("actual_qty").count().alias("compared_months"),
        *(
            pl.when(whole > 0).then((pl.col(qty) - pl.col("actual_qty")).abs().sum() / whole).alias(name)
            for qty, name in (("qty", "wape"), ("naive_qty", "naive_wape"))
        ),
    )
    return found.with_columns((pl.col("naive_wape") - pl.col("wape")).alias("fva_share")).sort("level", "kind")


def after_publication(home: Home, version: int) -> Message | None:
    """The step that follows a publication: makes the forecast of the new version. Returns a sentence about it."""
    try:
        run = make(home, version=version)
    except BadUse as nothing:  # a company that has not sold yet has done nothing wrong
        return nothing.said
    return plural("The forecast of {n} product is made.", "The forecast of {n} products is made.", n=run.items)


def worked_up(inputs: Inputs, settings: Mapping[str, Any], progress: Progress = nobody, cores: int | None = None) -> tuple[Prepared, Finished]:
    """The company's series, and what is expected of them."""
    company = prepared(inputs.items, len(inputs.months), inputs.months[-1].month - 1, settings, inputs.is_missing)

    def tell(done: int, whole: int) -> None:
        progress({"stage": "forecast", "share": 0.05 + 0.9 * done / whole, "what": f"{done} / {whole}"})

    made = on_cores(worked_out, company.tasks, tell, cores)
    return company, finished(company, made, settings)


def _tables(source: Source, inputs: Inputs, company: Prepared, result: Finished, seconds: float) -> dict[str, pl.DataFrame]:
    """What is kept: the tables of `layers.DERIVED`."""
    months = inputs.ahead(int(source.settings["forecast_months"]))
    family_of = {item.code: item.family for item in company.items}
    floor = float(source.settings["forecast_scale_floor_share"])
    rows: dict[str, list[pl.DataFrame]] = {"item": [], "family": []}
    for task, ahead in zip(result.tasks, result.ahead, strict=True):
        rows[task.level].append(_ahead(task, ahead, months, family_of))
    run = pl.DataFrame(
        {
            "version": [source.version], "made_at": [datetime.now(UTC).replace(tzinfo=None)], "as_of": [inputs.as_of], "last_month": [inputs.months[-1]],
            "months": [len(months)], "items": [len(company.items)], "families": [len(company.families)], "way": [result.way], "seconds": [seconds],
            "told": [json.dumps([message.to_json() for message in inputs.told], ensure_ascii=False)],
        }
    )  # fmt: skip
    return {
        "forecast_runs": run,
        "forecast_items": pl.concat(rows["item"]).drop("level").rename({"code": "sku"}),
        "forecast_families": pl.concat(rows["family"]).drop("level", "code"),
        "forecast_series": _series(company, result, family_of, floor),
        "forecast_history": _history(inputs, company),
        "forecast_past": _past(inputs, result, family_of),
        "forecast_choices": pl.DataFrame([(one.level, one.kind, one.method, one.error, one.is_chosen) for one in result.choices], orient="row",
            schema={"level": pl.String, "kind": pl.String, "method": pl.String, "error": pl.Float64, "is_chosen": pl.Boolean}),
        "forecast_ways": pl.DataFrame([(one.way, one.item_wape, one.family_wape, one.is_chosen) for one in result.ways], orient="row",
            schema={"way": pl.String, "item_wape": pl.Float64, "family_wape": pl.Float64, "is_chosen": pl.Boolean}),
    }  # fmt: skip


def _ahead(task: Task, ahead: Ahead, months: Sequence[date], family_of: Mapping[str, str]) -> pl.DataFrame:
    ends = {f"{side}_{round(100 * level)}": figures for level, pair in ahead.ends.items() for side, figures in zip(("low", "high"), pair, strict=True)}
    named = {"qty": ahead.qty, "promotion_qty": ahead.promotion} | ends
    keys = (pl.lit(task.level).alias("level"), pl.lit(task.code).alias("code"), pl.lit(family_of.get(task.code, task.code)).alias("family"))
    if task.level == "family":
        keys = (pl.lit("family").alias("level"), pl.lit(task.code).alias("code"), pl.lit(task.code).alias("family"))
    return pl.DataFrame({"month": list(months)} | named).select(*keys, "month", *sorted(named))


def _series(company: Prepared, result: Finished, family_of: Mapping[str, str], floor: float) -> pl.DataFrame:
    corrected = [int(one.is_corrected.sum()) for one in company.cleaned]
    rows = []
    for number, (task, method, used) in enumerate(zip(result.tasks, result.methods, result.used, strict=True)):
        ahead, actual = result.back[number].pairs
        naive, came = result.naive[number].pairs
        wape, naive_wape = (errors.wape(ahead, actual), errors.wape(naive, came)) if len(ahead) else (None, None)
        unit = errors.scale(task.values, floor=floor)
        family = family_of[task.code] if task.level == "item" else task.code
        rows.append({
            "level": task.level, "code": task.code, "family": family, "kind": task.kind, "method": method, "stood_in": used if used != method else None,
            "history_months": len(task.values), "compared_months": len(ahead), "wape": wape,
            "mase": errors.mad(ahead, actual) / unit if len(ahead) and unit > 0 else None, "naive_wape": naive_wape,
            "fva_share": None if wape is None or naive_wape is None else naive_wape - wape, "bias_share": errors.bias(ahead, actual) if len(ahead) else None,
            "interval_months": demand_interval(task.values), "uplift_share": company.uplifts[family],
            "corrected_months": corrected[number] if task.level == "item" else 0,
        })  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _history(inputs: Inputs, company: Prepared) -> pl.DataFrame:
    frames = []
    for item, one in zip(company.items, company.cleaned, strict=True):
        count = len(item.shipped)
        if count:
            parts = {
                "shipped_qty": item.shipped, "returned_qty": one.returned, "missing_qty": one.missing, "stock_out_qty": one.stock_out,
                "promotion_qty": one.promotion, "slip_qty": one.slip, "demand_qty": one.demand,
            }  # fmt: skip
            months = {"month": list(inputs.months[len(inputs.months) - count :])}
            frames.append(pl.DataFrame(months | parts).select(pl.lit(item.code).alias("sku"), pl.lit(item.family).alias("family"), "month", *parts))
    return pl.concat(frames)


def _past(inputs: Inputs, result: Finished, family_of: Mapping[str, str]) -> pl.DataFrame:
    frames = []
    for task, back, naive in zip(result.tasks, result.back, result.naive, strict=True):
        for row, months_back in enumerate(back.months_back):
            after = months_before(inputs.months[-1], months_back)
            reach = int(np.count_nonzero(~np.isnan(back.actual[row])))
            frames.append(_origin(task, after, (back.ahead[row, :reach], naive.ahead[row, :reach], back.actual[row, :reach]), family_of))
    schema = dict.fromkeys(("level", "code", "family"), pl.String) | {"made_after": pl.Date, "month": pl.Date}
    empty = pl.DataFrame(schema=schema | dict.fromkeys(("qty", "naive_qty", "actual_qty"), pl.Float64))
    return pl.concat([empty, *frames])


def _origin(task: Task, after: date, figures: tuple[Numbers, Numbers, Numbers], family_of: Mapping[str, str]) -> pl.DataFrame:
    months = [months_before(after, -step) for step in range(1, len(figures[0]) + 1)]
    family = family_of[task.code] if task.level == "item" else task.code
    keys = (pl.lit(task.level).alias("level"), pl.lit(task.code).alias("code"), pl.lit(family).alias("family"), pl.lit(after).alias("made_after"))
    frame = pl.DataFrame({"month": months} | dict(zip(("qty", "naive_qty", "actual_qty"), figures, strict=True)))
    return frame.select(*keys, "month", "qty", "naive_qty", "actual_qty")
