"""Items add up to their family exactly; risks and opportunities are weighted and shown unweighted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.errors import Impossible
from engine.sop.disaggregate import Analogue, by_month, mix_of, shared_out
from engine.sop.risks import Chance, exposure


def test_the_largest_remainder_gets_the_piece_that_is_left():
    assert shared_out(10, np.array([1.0, 1, 1])).tolist() == [4, 3, 3]
    assert shared_out(100, np.array([0.504, 0.326, 0.17])).tolist() == [50, 33, 17]


def test_parts_are_whole_steps_and_an_odd_total_leaves_its_rest_with_the_largest():
    assert shared_out(100, np.array([2.0, 1, 1]), step=24).tolist() == [52, 24, 24]
    assert shared_out(10.5, np.array([3.0, 1])).tolist() == [8.5, 2]


@settings(deadline=None)
@given(some.floats(0, 1e7), some.lists(some.floats(0, 1e6), min_size=1, max_size=40), some.sampled_from([1.0, 6.0, 0.5]))
def test_items_always_add_up_to_the_family_exactly(total, weights, step):
    parts = shared_out(total, np.array(weights), step)
    assert float(parts.sum()) == pytest.approx(total, rel=1e-12, abs=1e-9)
    assert (parts >= -1e-9).all()
    if sum(weights) > 0:
        assert (parts[np.array(weights) == 0] == 0).all()


def test_without_any_weight_all_get_the_same_and_below_zero_is_mirrored():
    assert shared_out(4, np.zeros(2)).tolist() == [2, 2]
    assert shared_out(-10, np.array([1.0, 1, 1])).tolist() == [-4, -3, -3]
    assert shared_out(5, np.array([])).tolist() == []


def test_a_mix_below_zero_is_refused():
    with pytest.raises(Impossible, match="shares are 0 or more"):
        shared_out(10, np.array([1.0, -0.5]))


def test_an_item_without_history_sells_like_its_analogue():
    mix = mix_of(("A", "B", "N", "X"), {"A": 60, "B": 20, "X": -5}, [Analogue("N", "B", 0.5), Analogue("A", "B")])
    assert mix.weights == pytest.approx([60 / 90, 20 / 90, 10 / 90, 0])
    assert mix.by_analogue == ("N",)
    assert mix.without == ("X",)


def test_every_month_of_the_items_adds_up_to_the_familys():
    family = np.array([101.0, 7, 0])
    items = by_month(family, np.array([0.5, 0.3, 0.2]))
    assert items.sum(axis=0).tolist() == family.tolist()
    assert items.shape == (3, 3)


def test_risks_are_weighted_in_the_sum_and_shown_whole_in_the_top_five():
    chances = [Chance(f"small {n}", 0.9, -10.0 - n) for n in range(6)] + [Chance("fire", 0.01, -5_000.0), Chance("export", 0.5, 300.0)]
    found = exposure(1_000.0, chances)
    assert found.top["name"].to_list()[:2] == ["fire", "export"]
    assert found.top.height == 5
    assert found.expected == pytest.approx(1_000 + 150 - 50 - 0.9 * sum(10 + n for n in range(6)))
    assert found.worst == pytest.approx(1_000 - 5_000 - 75)
    assert found.best == pytest.approx(1_300)


def test_a_risk_at_130_percent_is_refused():
    with pytest.raises(Impossible, match="between 0 and 100"):
        exposure(0.0, [Chance("fire", 1.3, -1.0)])
