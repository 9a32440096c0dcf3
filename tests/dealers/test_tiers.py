"""Tiers: bands, gates, hysteresis, peers (reference design of D2)."""

import polars as pl
import pytest

from engine.dealers.tiers import UNRATED, adjacent_incidents, capped, held, lasting, next_tier, ranked, tier_of, volume_class, worst
from engine.errors import BadUse
from engine.settings import DEFAULTS

BANDS = DEFAULTS["scorecard_bands"]


@pytest.mark.parametrize(
    ("score", "tier"),
    [(100, "A"), (85, "A"), (84.9999, "B"), (70, "B"), (69.9, "C"), (55, "C"), (54.9, "D"), (0, "D"), (None, UNRATED), (84.9999999999999, "A")],
)
def test_a_score_on_a_limit_belongs_to_the_better_tier(score, tier):
    assert pl.select(tier_of(pl.lit(score, dtype=pl.Float64), BANDS)).item() == tier


def test_bands_that_do_not_fall_are_refused_with_a_sentence():
    with pytest.raises(BadUse, match="falling scores"):
        tier_of(pl.lit(1.0), (("A", 70.0), ("B", 85.0), ("C", 0.0)))


def test_the_next_tier_of_the_best_is_none():
    assert next_tier("A", BANDS) is None
    assert next_tier("C", BANDS) == ("B", 70.0)
    assert next_tier(UNRATED, BANDS) is None


@pytest.mark.parametrize(
    ("tier", "caps", "result"),
    [
        ("A", [], "A"),
        ("A", ["C"], "C"),
        ("A", ["B", "D"], "D"),
        ("D", ["C"], "D"),
        ("B", ["unrated"], "unrated"),
        ("A", ["flag"], "A"),
        ("unrated", ["C"], "unrated"),
    ],
)
def test_a_gate_caps_the_tier_and_never_lifts_it(tier, caps, result):
    assert capped(tier, caps, BANDS) == result


@pytest.mark.parametrize(
    ("reached", "result"),
    [
        ("CBB", "CCB"),  # up needs two
        ("CBCB", "CCCC"),  # in a row
        ("CAB", "CCB"),  # and leads to the worse of the two
        ("CAA", "CCA"),  # two tiers at once, if earned twice
        ("AB", "AB"),  # down at once
        ("ADAA", "ADDA"),
        ("B", "B"),  # the first month counts as it is
        ("BCBB", "BCCB"),
    ],
)
def test_up_needs_two_periods_in_a_row_down_one(reached, result):
    assert held(list(reached), BANDS) == list(result)


def test_an_unrated_period_breaks_the_row_and_the_tier_held_before_it_comes_back():
    assert held(["C", "B", UNRATED, "B", "B"], BANDS) == ["C", "C", UNRATED, "C", "B"]
    assert held([UNRATED, UNRATED, "A"], BANDS) == [UNRATED, UNRATED, "A"]


def test_the_periods_up_and_down_are_settings():
    assert held(list("CBBB"), BANDS, up_periods=3) == list("CCCB")
    assert held(list("ACBC"), BANDS, down_periods=2) == list("AABB")


def test_the_worst_of_some_tiers():
    assert worst(["A", "C", "B"], BANDS) == "C"
    assert worst(["D", UNRATED], BANDS) == UNRATED


def test_a_flag_lasts_only_from_the_second_period_in_a_row_on_and_unknown_breaks_the_row():
    assert lasting([True, True, False, True, None, True, True], 2) == [False, True, False, False, False, False, True]


def test_the_same_and_adjacent_batches_are_one_incident():
    assert adjacent_incidents(["P003290", "P003291", "P003290"]) == 1
    assert adjacent_incidents(["P003290", "P003292"]) == 2
    assert adjacent_incidents(["P1", "Q2"]) == 2
    assert adjacent_incidents([None, None]) == 2
    assert adjacent_incidents(["none", "none", "P1"]) == 2
    assert adjacent_incidents([]) == 0


def test_volume_is_told_beside_the_mean_dealer():
    frame = pl.DataFrame({"turnover": [150.0, 149.0, 50.0, 49.0, None]}).with_columns(
        volume_class(pl.col("turnover"), pl.lit(100.0), DEFAULTS["peer_volumes"]).alias("volume")
    )
    assert frame["volume"].to_list() == ["large", "medium", "medium", "small", "small"]


def test_peers_are_ranked_only_among_themselves_and_ties_share_a_place():
    frame = pl.DataFrame({"peer": list("xxxxyy"), "score": [80.0, 90.0, 80.0, None, 10.0, 70.0]})
    found = ranked(frame, ["peer"])
    assert found["peer_rank"].to_list() == [2, 1, 2, None, 2, 1]
    assert found["peers"].to_list() == [3, 3, 3, 3, 2, 2]


def test_a_group_of_unrated_dealers_has_no_places():
    found = ranked(pl.DataFrame({"peer": ["x"], "score": [None]}, schema={"peer": pl.String, "score": pl.Float64}), ["peer"])
    assert (found["peer_rank"][0], found["peers"][0]) == (None, 0)
