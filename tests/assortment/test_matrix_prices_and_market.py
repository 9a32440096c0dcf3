"""BCG, stages of life, price map, competitors, market, portfolio: the formulas on small figures, with what cannot be."""

from datetime import date

import polars as pl
import pytest

from engine.assortment import bcg, competitors, growth, market, portfolio, prices, stages
from engine.messages import Message


def objects(*rows):
    """Lines as (line, turnover, last year, margin)."""
    frame = pl.DataFrame(rows, schema={"line_id": pl.String, "turnover": pl.Float64, "last_year_turnover": pl.Float64, "margin": pl.Float64}, orient="row")
    frame = frame.with_columns(pl.lit("И").alias("sphere"), pl.lit("G").alias("product_group"), pl.lit(36).alias("months_sold"))
    return growth.with_profit_share(growth.with_growth(frame, has_base=True, least_months=6), "sphere")


SPHERE = (("star", 300.0, 200.0, 100.0), ("cow", 400.0, 400.0, 120.0), ("question", 90.0, 60.0, 10.0), ("dog", 90.0, 100.0, 10.0))


def quadrants(frame, rules=None):
    rules = rules or bcg.BcgRules()
    return dict(bcg.placed(frame, bcg.thresholds_of(frame, rules)).select("line_id", "quadrant").iter_rows())


def test_s12_growth_against_share_of_profit_within_the_sphere():
    frame = objects(*SPHERE)
    line = bcg.thresholds_of(frame).row(0, named=True)
    assert line["growth_line"] == pytest.approx(880 / 760 - 1)
    assert (line["share_line"], line["compared"]) == (0.25, 4)
    assert frame["profit_share"].to_list() == pytest.approx([100 / 240, 0.5, 10 / 240, 10 / 240])
    assert quadrants(frame) == {"star": "star", "cow": "cow", "question": "question", "dog": "dog"}


def test_s12_a_loser_is_shown_left_of_zero_and_counts_in_nobody_elses_share():
    frame = objects(*SPHERE, ("loser", 50.0, 40.0, -30.0))
    found = bcg.placed(frame, bcg.thresholds_of(frame)).filter(pl.col("line_id") == "loser").row(0, named=True)
    assert (found["quadrant"], found["is_plotted"], found["loss_share"]) == ("loser", True, 1.0)
    assert found["profit_share"] == pytest.approx(-30 / 240)
    assert frame.filter(pl.col("profit_share") > 0)["profit_share"].sum() == pytest.approx(1.0)


def test_s12_what_has_no_year_before_is_listed_as_new_with_the_reason():
    frame = objects(*SPHERE, ("new", 50.0, 0.0, 20.0), ("returned", 50.0, -1.0, 20.0))
    found = bcg.placed(frame, bcg.thresholds_of(frame)).filter(pl.col("line_id").is_in(["new", "returned"]))
    assert found.select("quadrant", "growth", "is_plotted").rows() == [("new", None, False)] * 2
    assert {Message.from_json(why) for why in found["growth_why"]} == {growth.NO_BASE}


def test_s12_sold_for_fewer_than_six_months_is_not_drawn_by_growth():
    frame = growth.with_growth(objects(*SPHERE).drop("growth", "growth_why").with_columns(pl.lit(5).alias("months_sold")), has_base=True, least_months=6)
    assert frame["growth"].null_count() == 4
    assert {Message.from_json(why) for why in frame["growth_why"]} == {growth.TOO_YOUNG}


def test_s12_a_point_on_a_line_belongs_to_the_upper_side():
    frame = objects(("one", 110.0, 100.0, 50.0), ("other", 110.0, 100.0, 50.0))
    assert quadrants(frame) == {"one": "star", "other": "star"}


def test_s12_thresholds_are_moved_or_fixed_or_medians():
    frame = objects(*SPHERE)
    assert quadrants(frame, bcg.BcgRules(moved_growth=9.0, moved_share=0.0)) == dict.fromkeys(("star", "cow", "question", "dog"), "cow")
    fixed = bcg.thresholds_of(frame, bcg.BcgRules("fixed", "fixed", 0.1, 0.2)).row(0, named=True)
    assert (fixed["growth_line"], fixed["share_line"]) == (0.1, 0.2)
    middle = bcg.thresholds_of(frame, bcg.BcgRules("median", "median")).row(0, named=True)
    assert (middle["growth_line"], middle["share_line"]) == pytest.approx((0.25, (10 / 240 + 100 / 240) / 2))


def test_a_sphere_that_earns_nothing_has_no_shares_and_its_losers_are_losers():
    frame = objects(("a", 10.0, 10.0, -1.0), ("b", 10.0, 10.0, 0.0))
    found = bcg.placed(frame, bcg.thresholds_of(frame))
    assert found["profit_share"].to_list() == [None, None]
    assert found["quadrant"].to_list() == ["loser", None]


def test_spheres_are_compared_within_themselves():
    one, other = objects(*SPHERE), objects(*SPHERE).with_columns(pl.lit("П").alias("sphere"), pl.col("turnover") * 1000)
    both = bcg.thresholds_of(pl.concat([one, other])).sort("sphere")
    assert both["growth_line"][0] == pytest.approx(880 / 760 - 1)


def test_relative_share_is_beside_the_largest_other():
    found = dict(bcg.relative(objects(*SPHERE), "sphere").select("line_id", "relative_share").iter_rows())
    assert found["cow"] == pytest.approx(1.2)
    assert found["star"] == pytest.approx(100 / 120)
    assert bcg.relative(objects(SPHERE[0]), "sphere")["relative_share"].to_list() == [None]


def test_s16_the_star_of_a_group_is_share_times_growth_then_profit_and_may_be_none():
    frame = objects(("a", 300.0, 200.0, 100.0), ("b", 600.0, 300.0, 90.0), ("c", 100.0, 100.0, 1.0))
    placed = bcg.placed(frame, bcg.thresholds_of(frame, bcg.BcgRules("fixed", "fixed", 0.1, 0.1)))
    assert bcg.star_of(placed)["line_id"].to_list() == ["b"]
    assert bcg.star_of(placed.filter(pl.col("line_id") == "c")).is_empty()


def lines(**columns):
    usual = {"life_cycle": None, "is_new": False, "growth": 0.0, "sphere_growth": 0.0, "growth_before": 0.0, "sphere_growth_before": 0.0}
    return pl.DataFrame({name: [value] for name, value in (usual | columns).items()}, schema_overrides={"life_cycle": pl.String, "growth": pl.Float64})


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"is_new": True, "growth": None}, ("introduction", False, "rule")),
        ({"growth": 0.31, "sphere_growth": 0.20}, ("growth", False, "rule")),
        ({"growth": 0.30, "sphere_growth": 0.20}, ("maturity", False, "rule")),
        ({"growth": 0.10, "sphere_growth": 0.20}, ("maturity", False, "rule")),
        ({"growth": 0.05, "sphere_growth": 0.20}, ("maturity", True, "rule")),
        ({"growth": 0.05, "sphere_growth": 0.20, "growth_before": 0.0, "sphere_growth_before": 0.2}, ("decline", False, "rule")),
        ({"growth": 0.05, "sphere_growth": 0.20, "life_cycle": "growth"}, ("growth", False, "filled")),
        ({"growth": None}, (None, False, None)),
    ],
)
def test_the_stage_of_life_is_the_filled_one_else_age_and_growth_beside_the_sphere(columns, expected):
    assert stages.staged(lines(**columns)).select("stage", "is_watched", "stage_by").row(0) == expected


def priced(*rows):
    return pl.DataFrame(
        [("И", "G", *row) for row in rows],
        schema={"sphere": pl.String, "product_group": pl.String, "line_id": pl.String, "base_price": pl.Float64, "best_discount_price": pl.Float64},
        orient="row",
    )


def test_a_line_with_two_products_has_the_range_of_both():
    found = prices.price_map(priced(("L1", 10.0, 8.0), ("L1", 30.0, 21.0))).row(0, named=True)
    assert (found["products"], found["price_low"], found["price_median"], found["price_high"]) == (2, 10, 20, 30)
    assert (found["discount_low"], found["discount_median"], found["discount_high"]) == (8, 14.5, 21)


def test_a_discount_above_the_base_price_is_left_out_and_told():
    found = prices.price_map(priced(("L1", 10.0, 12.0), ("L2", None, None))).rows(named=True)
    assert (found[0]["discount_low"], Message.from_json(found[0]["prices_why"])) == (None, prices.ABOVE_BASE)
    assert (found[1]["price_low"], Message.from_json(found[1]["prices_why"])) == (None, prices.NO_PRICE)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((10, 20), (15, 30), 0.5), ((10, 30), (15, 20), 1.0), ((10, 20), (21, 30), 0.0), ((10, 10), (5, 15), 1.0), ((10, 10), (11, 15), 0.0)],
)
def test_overlap_is_the_common_part_of_the_shorter_range(one, other, share):
    assert prices.overlap(one, other) == share


def test_lines_that_overlap_by_more_than_half_and_grow_apart_are_suspects():
    found = prices.price_map(priced(("a", 10.0, 8.0), ("a", 20.0, 16.0), ("b", 12.0, 9.0), ("b", 30.0, 20.0), ("c", 40.0, None), ("c", 50.0, None)))
    frame = found.with_columns(pl.col("line_id").replace_strict({"a": 0.2, "b": -0.1, "c": 0.3}, return_dtype=pl.Float64).alias("growth"))
    pairs = prices.pairs(frame, 0.5)
    assert pairs.select("line_id", "other_line_id", "overlap_share", "is_suspect").rows() == [("a", "b", 0.8, True)]
    together = frame.with_columns(pl.lit(0.1).alias("growth"))
    assert prices.pairs(together, 0.5)["is_suspect"].to_list() == [False]
    assert prices.gaps(found, 0.25).select("from_price", "to_price").rows() == [(30.0, 40.0)]


def test_price_segments_are_told_beside_the_median_of_the_group():
    found = prices.segmented(
        priced(("a", 7.0, None), ("b", 10.0, None), ("c", 12.5, None), ("d", None, None)), (("economy", 0.0), ("middle", 0.75), ("premium", 1.25))
    )
    assert found["price_segment"].to_list() == ["economy", "middle", "premium", None]


def survey(**columns):
    usual = {
        "competitor": "K",
        "line_id": "L1",
        "sku": None,
        "observed_on": date(2025, 8, 15),
        "base_price": 100.0,
        "best_discount_price": 80.0,
        "own_base": 110.0,
    }
    return pl.DataFrame({name: [value] for name, value in (usual | {"own_best": 72.0} | columns).items()}, schema_overrides={"best_discount_price": pl.Float64})


def test_s13_our_prices_by_theirs_at_base_and_at_the_largest_discount():
    found = competitors.indexed(survey(), date(2025, 10, 31)).row(0, named=True)
    assert (found["base_index"], found["discount_index"], found["index_why"], found["is_stale"]) == (1.1, 0.9, None, False)


@pytest.mark.parametrize(("seen", "stale"), [(date(2025, 10, 1), False), (date(2025, 7, 1), False), (date(2025, 6, 30), True)])
def test_s13_a_survey_from_before_the_last_quarter_is_too_old(seen, stale):
    assert competitors.indexed(survey(observed_on=seen), date(2025, 10, 31))["is_stale"].to_list() == [stale]
    assert competitors.is_stale(seen, date(2025, 10, 31)) is stale


def test_s13_a_discounted_price_above_the_base_price_is_no_price():
    found = competitors.indexed(survey(best_discount_price=120.0), date(2025, 10, 31)).row(0, named=True)
    assert (found["base_index"], found["discount_index"]) == (1.1, None)
    assert Message.from_json(found["index_why"]) == competitors.DISCOUNT_ABOVE_BASE


def test_s13_a_line_without_a_survey_is_overdue_and_both_comparisons_are_asked_for():
    ours = pl.DataFrame({"sphere": ["И"] * 2, "product_group": ["G"] * 2, "line_id": ["L1", "L2"]})
    rows = competitors.indexed(survey(best_discount_price=None), date(2025, 10, 31))
    found = competitors.by_line(rows, ours)
    assert found.select("line_id", "competitors", "is_overdue", "has_both").rows() == [("L1", 1, False, False), ("L2", 0, True, False)]


def test_of_each_competitor_the_newest_survey_counts():
    both = pl.concat([survey(), survey(observed_on=date(2025, 9, 1), base_price=90.0), survey(observed_on=date(2025, 12, 1))])
    assert competitors.newest(both, date(2025, 10, 31))["base_price"].to_list() == [90.0]


MARKET = pl.DataFrame(
    [
        ("S", 2024, "us", None, None, 20.0), ("S", 2024, "they", None, None, 80.0), ("S", 2025, "us", None, None, 30.0), ("S", 2025, "they", None, None, 90.0),
        ("S", 2025, "us", "Town", None, 3.0), ("T", 2025, "they", "Town", "low", 5.0), ("T", 2025, "us", "City", "low", 5.0),
        ("T", 2025, "odd", None, None, -9.0),
    ],
    schema={"segment": pl.String, "year": pl.Int32, "player": pl.String, "city": pl.String, "price_band": pl.String, "value": pl.Float64}, orient="row",
)  # fmt: skip
PORTRAITS = pl.DataFrame(
    [("S", "cooks", "sharp knives", "at home", 0.1), ("U", None, None, None, None)],
    schema={"segment": pl.String, "consumer_portrait": pl.String, "needs": pl.String, "use": pl.String, "growth": pl.Float64}, orient="row",
)  # fmt: skip


def test_s14_shares_of_the_players_add_up_to_the_segment_and_never_to_more():
    found = market.players(MARKET)
    assert found.group_by("segment", "year").agg(pl.col("share").sum()).filter(pl.col("share") > 1 + 1e-12).is_empty()
    ours = found.filter((pl.col("segment") == "S") & (pl.col("year") == 2025) & (pl.col("player") == "us")).row(0, named=True)
    assert (ours["capacity_value"], ours["share"], ours["growth"]) == (120, 0.25, pytest.approx(0.5))
    assert market.faults(MARKET)["player"].to_list() == ["odd"]


def test_s14_a_segment_says_which_of_the_four_mandatory_fields_it_lacks():
    found = {row["segment"]: row for row in market.segments(market.players(MARKET), PORTRAITS, "us").iter_rows(named=True)}
    assert found["S"]["missing"] == []
    assert found["T"]["missing"] == ["consumer_portrait", "needs"]
    assert found["U"]["missing"] == ["consumer_portrait", "needs", "capacity_value", "players"]
    assert (found["S"]["our_share"], found["S"]["our_share_before"], found["S"]["growth"]) == (0.25, 0.2, pytest.approx(0.2))
    assert (found["S"]["largest"], found["S"]["expected_value"], found["T"]["our_share"]) == ("they", pytest.approx(132), 0.5)


def test_without_our_name_our_share_is_unknown():
    assert market.segments(market.players(MARKET), PORTRAITS, "")["our_share"].null_count() == 3


def test_the_five_forces_have_a_pressure_once_all_are_scored():
    scores = dict.fromkeys(market.FORCES, 3)
    assert market.pressure(scores | {"rivalry": 5}) == pytest.approx(3.4)
    assert market.pressure({"rivalry": 5}) is None
    with pytest.raises(ValueError, match="1 to 5"):
        market.pressure(scores | {"buyers": 6})


def test_s11_the_portfolio_is_shares_by_stage_and_age_within_the_sphere():
    positions = pl.DataFrame({"sphere": ["И"] * 3, "stage": ["growth", "growth", None], "turnover": [60.0, 20.0, 20.0], "margin": [30.0, 10.0, -10.0]})
    found = portfolio.shares(positions, "stage").rows(named=True)
    assert [(row["stage"], row["turnover_share"], row["profit_share"]) for row in found] == [("growth", 0.8, 1.0), ("unknown", 0.2, -0.25)]
    entered = pl.Series([date(2025, 8, 1), date(2025, 5, 1), date(2020, 1, 1), None])
    assert portfolio.ages(entered, date(2025, 10, 31), [0, 6, 12, 24, 60]).to_list() == ["0", "0", "60", "unknown"]
    assert portfolio.ages(pl.Series([date(2025, 4, 30)]), date(2025, 10, 31), [0, 6]).to_list() == ["6"]


def test_profitability_without_revenue_is_unknown_and_its_base_is_a_setting():
    frame = pl.DataFrame({"margin": [5.0, 0.0], "turnover": [100.0, 0.0], "cost": [95.0, 0.0]})
    columns = [pl.col(name) for name in frame.columns]
    assert frame.select(growth.profitability(*columns).alias("share"))["share"].to_list() == [0.05, None]
    assert frame.select(growth.profitability(*columns, "cost").alias("share"))["share"].to_list() == [pytest.approx(5 / 95), None]
