"""Pictures: one notation, the words of the language, nothing live in what data says, and a reason where nothing is drawn."""

import json
import math
from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from engine.figures import (
    Drawn,
    Look,
    bullets,
    columns,
    enlarged,
    ghost,
    ink_of_variance,
    inks,
    matrix,
    parts,
    plain_text,
    risk_bars,
    sparkline,
    trend,
    turns_and_margin,
    waterfall,
)
from engine.figures.notation import PALETTES
from engine.language import LANGUAGES
from engine.messages import message

SALES = message("Net sales")
EVIL = "<a href='https://x.test'>click</a> <img src=x> $x^2$ %{y} & co"
MONTHS = [date(2025 + place // 12, place % 12 + 1, 1) for place in range(18)]


def months_frame(**more):
    actual = [1_000_000.0 + 50_000 * place if place < 12 else None for place in range(18)]
    forecast = [None if place < 12 else 1_500_000.0 for place in range(18)]
    return pl.DataFrame({
        "month": MONTHS, "actual": actual, "last_year": [900_000.0] * 18, "plan": [1_100_000.0] * 18, "forecast": forecast,
        "low": [None if place < 12 else 1_300_000.0 for place in range(18)], "high": [None if place < 12 else 1_800_000.0 for place in range(18)], **more,
    })  # fmt: skip


def scatter_frame(groups=3):
    return pl.DataFrame({
        "label": [f"Line {place}" for place in range(9)], "turns": [1.0 + place for place in range(8)] + [None],
        "margin_share": [0.1 * (1 + place % 4) for place in range(9)], "stock_value": [1e5 * (place + 1) for place in range(9)],
        "group": [f"Sphere {place % groups}" for place in range(9)],
    })  # fmt: skip


def ghost_frame():
    return pl.DataFrame({"month": MONTHS[:3], "record": [0.9, 1.1, None], "found": [0.8, 1.0, 0.95]})


def all_figures(look, name="North"):
    label = message("{name}", name=name)
    rows = pl.DataFrame({"label": [name, "South"], "value": [2e6, 1e6], "severity": ["critical", None]})
    days = pl.DataFrame({"label": [name, "South", "East"], "value": [20.0, 50.0, None], "last_year": [30.0, None, 40.0]})
    cells = pl.DataFrame({"region": [name, name], "line": ["A", name], "days": [20.0, None]})
    steps = pl.DataFrame({"label": ["Last year", name, "This year"], "value": [5e6, -4e5, 4.6e6], "is_total": [True, False, True]})
    return {
        "columns": columns(months_frame(), look, unit="money", label=label),
        "trend": trend(months_frame(), look, unit="money", label=label, band=(1e6, 1.2e6)),
        "risk_bars": risk_bars(rows, look, label=label),
        "bullets": bullets(days, look, label=label, low=45, high=60),
        "scatter": turns_and_margin(scatter_frame().with_columns(label=pl.lit(name), group=pl.lit(name)), look, label=label),
        "matrix": matrix(cells, look, rows="region", across="line", value="days", unit="days", label=label, low=45, high=60),
        "matrix to click": matrix(cells, look, rows="region", across="line", value="days", unit="days", label=label, pick=True),
        "waterfall": waterfall(steps, look, label=label),
        "ghost": ghost(ghost_frame(), look, unit="share", label=label),
        "parts": parts(
            pl.DataFrame({"label": [name, "South"], "a": [3.0, 1.0], "b": [1.0, None]}), look, names={"a": label, "b": label}, unit="qty", label=label
        ),
    }


def marks(drawn, kind):
    return [trace for trace in drawn.figure.data if trace.type == kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_drawn_in_every_language_and_theme_and_says_what_it_shows(language, theme):
    for drawn in all_figures(Look(language, "CNY", theme)).values():
        assert drawn.figure is not None
        assert "North" in drawn.alt
        assert drawn.why_empty is None
        checked = go.Figure(json.loads(drawn.figure.to_json()))
        assert checked.data


def test_a_name_from_data_never_becomes_a_link_a_picture_a_formula_or_a_template():
    for kind, drawn in all_figures(Look(), name=EVIL).items():
        picture = json.loads(drawn.figure.to_json())
        for trace in picture["data"]:
            trace.pop("customdata", None)
        drawn_text = json.dumps(picture, ensure_ascii=False)
        assert "<a" not in drawn_text, kind
        assert "<img" not in drawn_text, kind
        assert "$x" not in drawn_text, kind
        assert "%{y}" not in drawn_text, kind


def test_text_is_shown_letter_by_letter_on_one_line():
    assert plain_text("<b>&\n$") == "&lt;b&gt;&amp; &#36;"
    assert plain_text("abcdef", 4) == "abc…"


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_axes_speak_the_language_without_plotlys_own_locale(language):
    drawn = columns(months_frame(), Look(language), unit="money", label=SALES)
    axis = drawn.figure.layout.xaxis
    assert axis.ticktext[0] == {"zh": "1月<br>2025年", "ru": "янв<br>2025"}[language]
    assert len(axis.ticktext) == len(axis.tickvals)
    assert any("万" in text if language == "zh" else "млн" in text for text in drawn.figure.layout.yaxis.ticktext)
    assert drawn.figure.layout.separators == {"zh": ".,", "ru": ",\u00a0"}[language]


def test_columns_begin_at_zero_even_when_all_are_large():
    drawn = columns(pl.DataFrame({"month": MONTHS[:3], "actual": [1e6, 1.01e6, 1.02e6]}), Look(), unit="money", label=SALES)
    assert drawn.figure.layout.yaxis.range[0] == 0


def test_columns_of_losses_reach_below_zero():
    drawn = columns(pl.DataFrame({"month": MONTHS[:3], "actual": [-1e6, 2e5, None]}), Look(), unit="money", label=SALES)
    low, high = drawn.figure.layout.yaxis.range
    assert low <= -1e6
    assert high >= 2e5


def test_a_line_that_does_not_begin_at_zero_says_so():
    frame = pl.DataFrame({"month": MONTHS[:3], "actual": [1e6, 1.01e6, 1.02e6]})
    honest = trend(frame, Look(), unit="money", label=SALES)
    zoomed = trend(frame, Look(), unit="money", label=SALES, from_zero=False)
    assert honest.figure.layout.yaxis.range[0] == 0
    assert zoomed.figure.layout.yaxis.range[0] > 0
    assert any("zero" in note.text for note in zoomed.figure.layout.annotations)


def test_each_kind_of_figure_has_its_own_ink():
    drawn = columns(months_frame(), Look(), unit="money", label=SALES)
    bars = {bar.name: bar.marker for bar in marks(drawn, "bar")}
    assert bars["Actual"].color == inks().actual
    assert bars["Last year"].color == inks().last_year
    assert bars["Plan"].color == "rgba(0,0,0,0)"
    assert bars["Plan"].line.width > 0
    assert bars["Forecast"].pattern.shape == "/"


def test_a_what_if_is_a_dashed_line_over_the_pale_ghost_of_the_plan_and_a_load_has_its_full_mark():
    figure = ghost(ghost_frame(), Look(), unit="share", label=message("Load")).figure
    plan, found = figure.data
    assert (plan.marker.color, found.line.dash) == (inks().ghost, "dash")
    assert [shape.y0 for shape in figure.layout.shapes] == [1.0]
    assert ghost(ghost_frame().clear(), Look(), unit="money", label=message("Load")).figure is None


def test_a_picture_for_the_wall_has_larger_letters_and_the_same_figures():
    small = ghost(ghost_frame(), Look(), unit="money", label=message("Load"))
    large = enlarged(small, 2.0, height=600)
    assert large.figure.layout.xaxis.tickfont.size == 2 * small.figure.layout.xaxis.tickfont.size
    assert list(large.figure.data[1].y) == list(small.figure.data[1].y)
    assert (large.figure.layout.height, large.alt) == (600, small.alt)
    assert enlarged(Drawn(None, "", "nothing")).figure is None


def test_a_line_parts_actual_from_forecast():
    shapes = columns(months_frame(), Look(), unit="money", label=SALES).figure.layout.shapes
    assert [shape.x0 for shape in shapes] == [11.5]
    without = columns(months_frame(forecast=[None] * 18), Look(), unit="money", label=SALES)
    assert not without.figure.layout.shapes


def test_a_month_without_a_value_is_a_gap_and_not_a_zero():
    drawn = columns(pl.DataFrame({"month": MONTHS[:3], "actual": [1.0, None, float("nan")]}), Look(), unit="qty", label=SALES)
    assert list(marks(drawn, "bar")[0].y) == [1.0, None, None]


def test_a_line_that_stops_is_named_above_the_picture_where_no_other_line_runs():
    drawn = trend(months_frame(), Look(), unit="qty", label=SALES).figure
    (actual,) = [note for note in drawn.layout.annotations if note.text.startswith("Actual")]
    assert (actual.yref, actual.y, actual.yanchor) == ("paper", 1, "bottom")
    assert drawn.layout.margin.t >= 8 + 18
    whole = trend(months_frame(forecast=[None] * 18).filter(pl.col("actual").is_not_null()), Look(), unit="qty", label=SALES).figure
    assert whole.layout.margin.t == 8
    assert all(note.yref != "paper" for note in whole.layout.annotations)


def test_a_scenario_is_dashed():
    frame = pl.DataFrame({"month": MONTHS[:3], "actual": [1.0, 2.0, 3.0], "scenario": [1.0, 3.0, 4.0]})
    lines = {line.name: line.line.dash for line in marks(trend(frame, Look(), unit="qty", label=SALES), "scatter")}
    assert lines["Scenario"] == "dash"


def test_risk_is_shown_largest_first_and_the_unknown_not_at_all():
    frame = pl.DataFrame({"label": ["small", "unknown", "large"], "value": [1.0, None, 3.0], "key": ["s", "u", "l"]})
    bar = marks(risk_bars(frame, Look(), label=SALES), "bar")[0]
    assert list(bar.x) == [3.0, 1.0]
    assert list(bar.customdata) == ["l", "s"]


def test_a_bullet_outside_its_band_says_so_in_a_word():
    frame = pl.DataFrame({"label": ["a", "b", "c", "d"], "value": [20.0, 50.0, 400.0, None], "censored": [False, False, True, False]})
    notes = marks(bullets(frame, Look(), label=SALES, low=45, high=60), "scatter")[-1].text
    assert "short" in notes[0]
    assert "short" not in notes[1]
    assert "long" not in notes[1]
    assert notes[2].startswith("<b>≥ 400 →")
    assert "?" in notes[3]


def test_a_bullet_longer_than_the_picture_keeps_the_band_visible():
    frame = pl.DataFrame({"label": ["a"], "value": [10_000.0]})
    drawn = bullets(frame, Look(), label=SALES, low=45, high=60)
    assert drawn.figure.layout.xaxis.range[1] < 200


def test_what_cannot_be_placed_is_counted():
    assert "8 placed, 1 without" in turns_and_margin(scatter_frame(), Look(), label=SALES).alt


def test_at_most_six_categories_have_a_colour():
    drawn = turns_and_margin(scatter_frame(groups=8), Look(), label=SALES)
    bubbles = [trace for trace in marks(drawn, "scatter") if "markers" in trace.mode]
    assert len(bubbles) == 7
    assert bubbles[-1].marker.color == inks().other
    assert len({bubble.marker.color for bubble in bubbles}) == 7


def test_on_a_curve_the_gmroii_is_the_one_written_on_it():
    drawn = turns_and_margin(scatter_frame(), Look(), label=SALES, curves=(2.0,))
    curve = next(trace for trace in marks(drawn, "scatter") if trace.mode == "lines")
    assert [turn * margin / (1 - margin) for turn, margin in zip(curve.x, curve.y, strict=True)] == pytest.approx([2.0] * len(curve.x))


def test_bubble_areas_are_in_proportion_to_the_money():
    sizes = [trace.marker for trace in marks(turns_and_margin(scatter_frame(), Look(), label=SALES), "scatter") if "markers" in trace.mode]
    assert {marker.sizemode for marker in sizes} == {"area"}
    assert len({marker.sizeref for marker in sizes}) == 1


def test_a_matrix_tints_only_what_lies_outside_the_band():
    frame = pl.DataFrame({"r": ["a", "a", "b", "b"], "c": ["x", "y", "x", "y"], "v": [10.0, 50.0, 90.0, None]})
    drawn = matrix(frame, Look(), rows="r", across="c", value="v", unit="days", label=SALES, low=45, high=60)
    assert [[(tint > 0) - (tint < 0) for tint in line] for line in drawn.figure.data[0].z] == [[-1, 0], [1, 0]]
    assert drawn.figure.data[0].text[1][1] == "?"


def test_a_matrix_that_can_be_clicked_has_a_mark_in_every_cell_which_knows_its_row_and_head():
    frame = pl.DataFrame({"r": ["a", "a", "b", "b"], "c": ["x", "y", "x", "y"], "v": [10.0, 50.0, 90.0, None]})
    figure = matrix(frame, Look(), rows="r", across="c", value="v", unit="days", label=SALES, pick=True, picked=("b", "x")).figure
    heat, dots = figure.data
    assert [list(key) for key in dots.customdata] == [["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]]
    assert list(zip(dots.x, dots.y, strict=True)) == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert [(shape.x0, shape.x1, shape.y0, shape.y1) for shape in figure.layout.shapes] == [(-0.5, 0.5, 0.5, 1.5)]
    assert (heat.hoverinfo, figure.layout.hoverdistance) == ("skip", -1)
    assert "50" in dots.hovertext[1]


def test_a_waterfall_ends_where_its_steps_lead():
    frame = pl.DataFrame({"label": ["from", "up", "down"], "value": [5.0, 2.0, -4.0], "is_total": [True, False, False]})
    bar = marks(waterfall(frame, Look(), label=SALES), "bar")[0]
    assert [base + height for base, height in zip(bar.base, bar.y, strict=True)] == [5.0, 7.0, 3.0]
    assert list(bar.marker.color) == [inks().actual, inks().good, inks().bad]
    assert [text[0] for text in bar.text[1:]] == ["+", "−"]


def test_totals_beside_which_no_step_could_be_seen_are_cut_off_and_say_so():
    def drawn(step):
        frame = pl.DataFrame({"label": ["from", "up", "to"], "value": [87e6, step, 87e6 + step], "is_total": [True, False, True]})
        return waterfall(frame, Look("en"), label=SALES)

    small, large = drawn(0.4e6), drawn(40e6)
    assert marks(large, "bar")[0].base == (0.0, 87e6, 0.0)
    assert len(large.figure.layout.shapes) == 2, "lines from bar to bar only"
    bar = marks(small, "bar")[0]
    low, high = small.figure.layout.yaxis.range
    assert bar.base[0] == low > 86e6
    assert bar.y[1] / (high - low) > 0.2, "the step is seen"
    assert len([shape for shape in small.figure.layout.shapes if shape.type == "path"]) == 2, "each total bears the mark of a cut"
    assert "cut off below" in small.alt
    assert "cut off" not in large.alt
    down = pl.DataFrame({"label": ["from", "down", "to"], "value": [10.0, -12.0, -2.0], "is_total": [True, False, True]})
    assert marks(waterfall(down, Look("en"), label=SALES), "bar")[0].base[0] == 0.0


def test_nothing_to_draw_is_a_reason_and_no_figure():
    empty = pl.DataFrame(schema={"month": pl.Date, "actual": pl.Float64, "label": pl.String, "value": pl.Float64, "is_total": pl.Boolean})
    look = Look("en")
    nothings = [
        columns(empty, look, unit="money", label=SALES),
        trend(empty, look, unit="money", label=SALES),
        columns(pl.DataFrame({"month": MONTHS[:2], "actual": [None, None]}), look, unit="money", label=SALES),
        risk_bars(empty, look, label=SALES),
        bullets(empty, look, label=SALES, low=1, high=2),
        turns_and_margin(pl.DataFrame({"label": ["a"], "turns": [None], "margin_share": [0.1], "stock_value": [1.0]}), look, label=SALES),
        matrix(empty, look, rows="label", across="label", value="value", unit="days", label=SALES),
        waterfall(empty, look, label=SALES),
    ]
    for drawn in nothings:
        assert drawn.figure is None
        assert drawn.why_empty
    assert columns(pl.DataFrame(), look, unit="money", label=SALES) == Drawn(None, nothings[0].alt, nothings[0].why_empty)


def test_variance_is_blue_for_good_unless_the_company_wants_red_for_what_rises():
    assert ink_of_variance(Look(), favourable=True, rises=False) == inks().good
    assert ink_of_variance(Look(), favourable=False, rises=True) == inks().bad
    assert ink_of_variance(Look(), favourable=None, rises=True) == inks().quiet
    red_up = Look(palette="red_up")
    assert ink_of_variance(red_up, favourable=True, rises=True) == ink_of_variance(red_up, favourable=False, rises=True)


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_words_stand_out_from_the_card(theme):
    ink = inks(theme)
    for color in (ink.text, ink.quiet):
        assert contrast(color, ink.card) >= 4.5
    for color in (ink.actual, ink.good, ink.bad, ink.critical, ink.scenario, ink.accent):
        assert contrast(color, ink.card) >= 3
    for palette in PALETTES:
        for favourable in (True, False):
            look = Look(theme=theme, palette=palette)
            assert contrast(ink_of_variance(look, favourable, favourable, as_text=True), ink.card) >= 4.5
            assert contrast(ink_of_variance(look, favourable, favourable), ink.card) >= 3


# How red, green and blue are seen without one kind of cone (Machado, Oliveira, Fernandes 2009, severity 1).
SEEN_WITHOUT = {
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def as_lab(color, cones):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear, strict=True)))) for row in SEEN_WITHOUT[cones]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    scaled = [sum(weight * part for weight, part in zip(row, seen, strict=True)) / white for row, white in zip(to_xyz, (0.9505, 1.0, 1.089), strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("cones", SEEN_WITHOUT)
def test_good_and_bad_can_be_told_apart_by_eyes_that_lack_a_colour(theme, cones):
    ink = inks(theme)
    assert math.dist(as_lab(ink.good, cones), as_lab(ink.bad, cones)) >= 20
    assert math.dist(as_lab(ink.good_text, cones), as_lab(ink.bad_text, cones)) >= 20


def test_a_sparkline_is_drawn_with_gaps_open_and_its_last_month_marked() -> None:
    series = [*zip(MONTHS[:5], [1.0, 2.0, None, 4.0, 3.0], strict=True)]
    svg, said = sparkline(series, Look("en"), unit="qty", label=SALES)
    assert svg.count("<polyline") == 2
    assert svg.count("<circle") == 1
    assert "3 in" in said
    assert said in svg


def test_a_sparkline_of_one_month_is_nothing() -> None:
    assert sparkline([(MONTHS[0], 1.0), (MONTHS[1], None)], Look("en"), unit="money", label=SALES) == ("", "")


def test_a_sparkline_of_equal_months_runs_in_the_middle() -> None:
    svg, _ = sparkline([*zip(MONTHS[:3], [7.0, 7.0, 7.0], strict=True)], Look("en"), unit="money", label=SALES)
    assert 'cy="18.0"' in svg


def test_parts_of_a_row_add_up_and_what_nobody_has_is_left_out():
    names = {"kept": message("Safety stock"), "none": message("Need unknown"), "over": message("Excess")}
    frame = pl.DataFrame({"label": ["A", "B"], "kept": [3e6, 1e6], "none": [0.0, 0.0], "over": [1e6, 5e5]})
    drawn = parts(frame, Look(), names=names, unit="money", label=message("Stock"), warn="over")
    bars = marks(drawn, "bar")
    assert [bar.name for bar in bars] == ["Safety stock", "Excess"]
    assert [sum(values) for values in zip(*(bar.x for bar in bars), strict=True)] == [4e6, 1.5e6]
    assert bars[1].marker.color == inks().attention
    assert parts(frame.select("label", "none"), Look(), names=names, unit="money", label=message("Stock")).figure is None


def test_names_of_bubbles_never_cover_each_other_and_a_crowded_one_is_left_to_the_pointer():
    rows = [
        {"label": f"产品线{number:02}", "turns": 4 + number * 0.02, "margin_share": 0.4 + number * 0.002, "stock_value": 900.0 - number} for number in range(8)
    ]
    rows.append({"label": "apart", "turns": 9.0, "margin_share": 0.1, "stock_value": 500.0})
    drawn = turns_and_margin(pl.DataFrame(rows), Look(), label=message("Lines"))
    bubbles = [trace for trace in drawn.figure.data if trace.mode == "markers+text"]
    named = [text for trace in bubbles for text in trace.text if text]
    assert 1 <= len(named) <= 4
    assert len(bubbles[0].hovertext) == 9
