"""`python -m engine forecast` and `python -m engine forecast-benchmark`: forecasts are made, and the method is measured on public data."""

import argparse
from collections.abc import Callable
from typing import Any

from engine.printing import printed
from engine.store.home import own_home

Progress = Callable[[dict[str, Any]], None]


def add_options(forecast: argparse.ArgumentParser, benchmark: argparse.ArgumentParser) -> None:
    """What can be asked of both."""
    benchmark.add_argument("data", metavar="m3|m1|tourism")
    benchmark.add_argument("--series", type=int, help="only so many of the series, always the same ones")
    for verb in (forecast, benchmark):
        verb.add_argument("--cores", type=int, help="how many cores work on it (default: all)")


def run(asked: argparse.Namespace, progress: Progress) -> int:
    """Make the forecast of what is served and print how each kind of demand was forecast. Raises BadUse, Busy, NothingServed, NotPublished."""
    from engine.answers import forecast_run  # only who makes a forecast pays for the formulas

    run = forecast_run.make(own_home(asked.home), progress, asked.cores)
    rows = forecast_run.by_kind(run)
    print(printed(rows.columns, rows.iter_rows(), asked.format))
    if asked.format == "text":
        print(f"Forecast of version {run.version}: {run.items} products, {run.families} families, {run.seconds:.0f} s.")
    return 0


def run_benchmark(asked: argparse.Namespace, progress: Progress) -> int:
    """Print the table of the benchmark, own method first. Raises BadUse."""
    from engine.answers.forecast_benchmark import forecast_benchmark

    answer = forecast_benchmark(asked.data, asked.series, progress, asked.cores)
    print(printed(answer.frame.columns, answer.frame.iter_rows(), asked.format))
    return 0
