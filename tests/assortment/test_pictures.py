"""The pictures of the assortment: what they show, in every language and theme, with names that stay names."""

import json

import plotly.graph_objects as go
import polars as pl
import pytest

from engine.answers.assortment.words import QUADRANT_WORDS
from engine.assortment.bcg import SAID_GROWTH, SAID_SHARE
from engine.figures import Look, growth_share, indices, price_ranges
from engine.language import LANGUAGES
from engine.messages import message
from tests.test_figures import EVIL

LINES = pl.DataFrame(
    [
        ("Star", "L1", 0.3, 0.5, 900.0, "star"), ("Loser", "L2", -0.1, -0.2, 100.0, "loser"), ("New", "L3", None, 0.1, 50.0, "new"),
        ("Fast", "L4", 6.8, 0.1, 80.0, "question"), ("Dog", "L5", -0.3, 0.05, 70.0, "dog"), ("Cow", "L6", 0.0, 0.3, 800.0, "cow"),
    ],
    schema={"label": pl.String, "key": pl.String, "growth": pl.Float64, "profit_share": pl.Float64, "turnover": pl.Float64, "quadrant": pl.String},
    orient="row",
)  # fmt: skip
PRICES = pl.DataFrame(
    {
        "label": ["Cheap", "Dear", "None"], "price_low": [5.0, 20.0, None], "price_median": [6.0, 25.0, None], "price_high": [9.0, 25.0, None],
        "discount_low": [4.0, None, None], "discount_median": [5.0, None, None], "discount_high": [8.0, None, None],
    }
)  # fmt: skip
RATIOS = pl.DataFrame({"label": ["Dear", "Cheap", "Nobody"], "base": [1.2, 0.9, None], "best": [1.1, None, None]})


def pictures(look, name="North"):
    label = message("{name}", name=name)
    means = (SAID_GROWTH["sphere"], SAID_SHARE["mean"])
    named = {"base": message("Base price"), "best": message("At the largest discount")}
    return {
        "matrix": growth_share(
            LINES.with_columns(pl.lit(name).alias("label")), look, growth_line=0.1, share_line=0.25, means=means, words=QUADRANT_WORDS, label=label,
            trail=[(0.5, 0.3, 0.4, 0.9, 900.0)],
        ),
        "ranges": price_ranges(PRICES.with_columns(pl.lit(name).alias("label")), look, label=label),
        "indices": indices(RATIOS.with_columns(pl.lit(name).alias("label")), look, names=named, label=label),
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_is_drawn_in_every_language_and_theme_and_says_what_it_shows(language, theme):
    for drawn in pictures(Look(language, "CNY", theme)).values():
        assert drawn.figure is not None
        assert "North" in drawn.alt
        assert go.Figure(json.loads(drawn.figure.to_json())).data


def test_a_name_from_data_stays_a_name():
    for drawn in pictures(Look(), name=EVIL).values():
        picture = json.loads(drawn.figure.to_json())
        for trace in picture["data"]:
            trace.pop("customdata", None)
        assert "<a href" not in json.dumps(picture)
        assert "<img" not in json.dumps(picture)


def test_losers_are_outlines_left_of_zero_and_new_lines_stand_in_a_strip():
    traces = {trace.name: trace for trace in pictures(Look())["matrix"].figure.data}
    loser, new = traces["loses money"], traces["new, or no year before"]
    assert loser.x[0] < 0
    assert loser.marker.color == "rgba(0,0,0,0)"
    assert new.y[0] > max(value for name, trace in traces.items() if name != new.name for value in trace.y)


def test_one_launch_does_not_squeeze_all_others():
    figure = pictures(Look())["matrix"].figure
    assert max(value for trace in figure.data for value in trace.y) < 3
    assert any("680" in text for trace in figure.data for text in trace.hovertext)


def test_both_lines_bear_their_meaning():
    said = [note.text for note in pictures(Look())["matrix"].figure.layout.annotations if note.text]
    assert "10.0%: growth of the whole sphere" in said
    assert "25.0%: mean share of what is compared" in said


def test_bubble_areas_are_in_proportion_to_turnover():
    markers = [trace.marker for trace in pictures(Look())["matrix"].figure.data]
    assert {marker.sizemode for marker in markers} == {"area"}
    assert len({marker.sizeref for marker in markers}) == 1


def test_ranges_reach_from_the_cheapest_to_the_dearest_and_one_price_can_be_seen():
    base = pictures(Look())["ranges"].figure.data[0]
    assert list(base.base) == [5.0, 20.0]
    assert base.x[0] == 4.0
    assert 0 < base.x[1] - 5.0 < 1 or base.x[1] == 5.0
    assert len(base.base) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_draw_is_a_reason_and_no_picture(language):
    look, label = Look(language), message("Nothing")
    means = (SAID_GROWTH["sphere"], SAID_SHARE["mean"])
    drawn = [
        growth_share(LINES.clear(), look, growth_line=None, share_line=None, means=means, words=QUADRANT_WORDS, label=label),
        price_ranges(PRICES.clear(), look, label=label),
        indices(RATIOS.clear(), look, names={"base": label, "best": label}, label=label),
    ]
    assert all(one.figure is None and one.why_empty for one in drawn)
