"""The measuring itself: lines of the bench at sizes that prove nothing about speed. `make proof` runs the whole table so."""

import pytest

from tests.bench import drawer, loads, sop, stock, supply
from tests.bench.table import Line


@pytest.mark.parametrize(
    "measured",
    [
        lambda folder: loads.text(folder / "text", 2_000), lambda folder: stock.kept_layers(2_000), lambda folder: supply.suggested_orders(2_000, 1),
        lambda folder: supply.safety(50, 1), lambda folder: sop.lever_moves(2),
        lambda folder: drawer.reruns(folder / "drawer", 2, 1),
    ],
    ids=["text", "layers", "orders", "safety", "levers", "drawer"],
)  # fmt: skip
def test_a_measurement_gives_lines_of_the_table(tmp_path, measured):
    lines = measured(tmp_path)
    assert lines
    assert all(line.value > 0 and line.what and line.how for line in lines)


def test_a_line_says_whether_its_limit_holds():
    kept, passed = Line("a", 1.0, "s", 2.0, None, "so"), Line("b", 3.0, "s", 2.0, 1.0, "so")
    assert kept.holds
    assert "> !" not in str(kept)
    assert not passed.holds
    assert "> ! 2, aim 1" in str(passed)
