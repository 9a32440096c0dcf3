"""`make bench`: the promises of speed, as ratios within one run. Prints the table; leaves with 1 where a limit is passed.

Sizes can be set (GRANARY_BENCH_CSV_ROWS, _PARQUET_ROWS, _SMALL_ROWS, _SKUS, _MOVEMENTS, _ORDERS, _DESK_SKUS, _DESK_DEALERS, _FAMILIES,
_FORECAST_SKUS, _FORECAST_MANY, _REVIEW_SKUS), so that a small version runs within the tests.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench import asked, company, desks, drawer, forecasts, loads, looks, review, sop, stock, supply
from tests.bench.table import Line


def size(name: str, usual: int) -> int:
    return int(os.environ.get(f"GRANARY_BENCH_{name}", usual))


def measured(folder: Path) -> list[Line]:
    """All lines of the table, each printed as soon as it is known."""
    table: list[Line] = []

    def note(lines: list[Line]) -> None:
        for line in lines:
            print(line, flush=True)
        table.extend(lines)

    few, many, skus = size("SMALL_ROWS", 1_000_000), size("PARQUET_ROWS", 50_000_000), size("SKUS", 10_000)
    note(loads.text(folder / "text", size("CSV_ROWS", 5_000_000)))
    lines, large = loads.parquet(folder / "parquet", many)
    note(lines)
    small = loads.published(folder / "small", few)
    note(looks.filters(small, large, (few, many)))
    files = company.written(folder / "assortment" / "files", skus * 36, skus)
    assortment = loads.published_from(folder / "assortment", files)
    note(looks.all_kpis(assortment, skus))
    note(stock.pages(assortment, skus))
    note(stock.kept_layers(size("MOVEMENTS", 5_000_000)))
    note(supply.suggested_orders(size("ORDERS", 1_000_000)))
    note(supply.safety())
    note(sop.lever_moves(size("FAMILIES", 60)))
    note(drawer.reruns(folder / "drawer", size("FAMILIES", 60)))
    note(forecasts.forecasts(size("FORECAST_SKUS", forecasts.PRODUCTS), size("FORECAST_MANY", 500)))
    note(review.review(folder / "review", size("REVIEW_SKUS", 50_000)))
    desk_skus, dealers = size("DESK_SKUS", 10_000), size("DESK_DEALERS", desks.DEALERS)
    desk, _ = asked.published(folder / "desks", desk_skus, dealers)
    note(asked.answers(desk, desk_skus, dealers))
    note(looks.reruns(desk))
    return table


def main() -> int:
    """Measure in a folder that is removed afterwards; TMPDIR says where (about 12 GB are needed)."""
    with tempfile.TemporaryDirectory(prefix="granary-bench-") as folder:
        table = measured(Path(folder))
    missed = [line.what for line in table if not line.holds]
    print(f"{len(table) - len(missed)} of {len(table)} within their limits" + (f"; passed: {', '.join(missed)}" if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
