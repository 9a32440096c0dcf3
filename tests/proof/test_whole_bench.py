"""`make bench` runs through: at sizes that prove nothing about speed and everything about the measuring."""

import os
import subprocess
import sys

import pytest

from engine.store.home import PROJECT
from tests.bench.asked import QUESTIONS

pytestmark = pytest.mark.proof
SMALL = {
    "GRANARY_BENCH_ROUNDS": "1",
    "GRANARY_BENCH_ORDERS": "20000",
    "GRANARY_BENCH_CSV_ROWS": "20000",
    "GRANARY_BENCH_PARQUET_ROWS": "60000",
    "GRANARY_BENCH_SMALL_ROWS": "20000",
    "GRANARY_BENCH_SKUS": "60",
    "GRANARY_BENCH_MOVEMENTS": "20000",
    "GRANARY_BENCH_DESK_SKUS": "60",
    "GRANARY_BENCH_DESK_DEALERS": "4",
    "GRANARY_BENCH_FAMILIES": "6",
    "GRANARY_BENCH_FORECAST_SKUS": "10",
    "GRANARY_BENCH_FORECAST_MANY": "10",
    "GRANARY_BENCH_REVIEW_SKUS": "300",
}


def test_the_bench_prints_its_whole_table(tmp_path):
    environment = os.environ | SMALL | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(PROJECT)}
    ran = subprocess.run([sys.executable, "-m", "tests.bench"], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=600)
    assert "Traceback" not in ran.stderr, ran.stderr[-2000:]
    table = [line for line in ran.stdout.splitlines() if "≤" in line or "> !" in line]
    assert len(table) == 19 + len(QUESTIONS)
    assert f"of {len(table)} within their limits" in ran.stdout
