"""On both seeds the review finds what was planted: stars, dogs, losers, new lines, seasonal and intermittent ones; and its sums are those of the sales."""

import json

import polars as pl
import pytest

from engine.answers import ANSWERS
from engine.scope import EVERYTHING
from engine.selection import Selection
from engine.store.warehouse import open_warehouse
from tests.demo_home import files_of, home_of

SEASONAL = ("L25", "L26")
"""Boxes for the two festivals: most of a year's sales come in a few weeks."""


@pytest.fixture(scope="module", params=[1, 2], ids=["seed 1", "seed 2"])
def review(request, tmp_path_factory):
    """(a question -> its answer, planted lines by kind) of a seed."""
    warehouse = open_warehouse(home_of(tmp_path_factory, request.param))
    planted = json.loads((files_of(tmp_path_factory, request.param).parent / "plants.json").read_text(encoding="utf-8"))["lines"]
    return lambda name, *details, **chosen: ANSWERS[name](warehouse, Selection(**chosen), EVERYTHING, *details), planted


def quadrants(review, kind):
    ask, planted = review
    frame = ask("bcg").frame.sort("turnover")  # of a line in two spheres the larger one
    return [quadrant for line, quadrant in dict(frame.select("line_id", "quadrant").iter_rows()).items() if line in planted[kind]]


def test_stars_grow_and_most_of_them_earn_more_than_their_part(review):
    found = quadrants(review, "star")
    assert set(found) <= {"star", "question", "cow"}
    assert found.count("star") >= 4


def test_every_dog_is_a_dog_and_every_loser_a_loser(review):
    assert set(quadrants(review, "dog")) <= {"dog", "loser"}
    assert quadrants(review, "dog").count("dog") >= 4
    assert set(quadrants(review, "loser")) == {"loser"}


def test_young_lines_are_new_or_question_marks_and_never_misjudged(review):
    assert set(quadrants(review, "question")) <= {"question", "star", "new"}
    assert "new" in quadrants(review, "question")


def test_losers_are_to_be_mended_or_let_go_and_dogs_are_not_pushed(review):
    ask, planted = review
    verdicts = dict(ask("assortment").frame.select("line_id", "line_verdict").iter_rows())
    assert {verdicts[line] for line in planted["loser"]} <= {"fix", "let_go"}
    assert "push" not in {verdicts[line] for line in planted["dog"]}


def test_what_sells_now_and_then_is_z_and_never_a_steady_product(review):
    ask, planted = review
    rare = ask("xyz").frame.filter(pl.col("line_id").is_in(planted["rare"]), pl.col("demand_months") > 0)
    assert set(rare["xyz"]) == {"Z"}
    assert "intermittent" in set(rare["xyz_mark"])


def test_festival_boxes_are_steadier_once_their_seasons_are_taken_out(review):
    ask, _ = review
    boxes = ask("xyz").frame.filter(pl.col("line_id").is_in(SEASONAL), pl.col("months") == 24, pl.col("xyz_mark") != "intermittent")
    boxes = boxes if boxes.height else ask("xyz").frame.filter(pl.col("line_id").is_in(SEASONAL), pl.col("months") == 24)
    assert boxes["cv_adjusted"].median() < 0.7 * boxes["cv"].median()


def test_turnover_and_profit_of_all_spheres_are_the_sales_of_the_months(review):
    ask, _ = review
    found = ask("abc").frame
    figures = ask("kpi", "net_sales", "gross_margin", first=ask("abc").first, last=ask("abc").last).frame
    assert found["turnover"].sum() == pytest.approx(figures["net_sales"][0])
    assert found["margin"].sum() == pytest.approx(figures["gross_margin"][0])


def test_articles_in_two_spheres_are_sold_in_both(review):
    ask, _ = review
    twice = ask("abc").frame.filter(pl.col("sku").is_duplicated())
    assert twice["sphere"].n_unique() == 2
    assert twice.filter(pl.col("sphere") == "礼盒定制")["turnover"].min() > 0
