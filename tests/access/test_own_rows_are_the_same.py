"""What somebody sees of their own rows is what an administrator sees of them (SC-7): a sample; `make proof` takes 1,000 pairs."""

import polars as pl
import pytest

from tests.access.rows import by_chance, differences


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_question_by_chance_gives_somebody_the_administrators_rows_that_are_theirs(canaries, seed):
    assert by_chance(canaries, seed, pairs=40) == []


def test_the_comparison_finds_a_row_too_many_and_a_figure_that_differs():
    """Or the test above would prove nothing."""
    rows = pl.DataFrame({"dealer_id": ["A", "B"], "value": [1.0, 2.0]})
    assert differences(rows, rows) == []
    assert differences(rows.head(1), rows) == ["1 rows instead of 2"]
    assert differences(rows.with_columns(value=pl.lit(1.0)), rows) == ["value"]
