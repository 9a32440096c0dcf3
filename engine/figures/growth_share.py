"""The matrix of growth and share of profit: bubbles by turnover, lines with their meaning written on them, losers in outline, what is new at the side."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, note, nothing, plain_text
from engine.language import nice_ticks
from engine.messages import Message, message

LARGEST_BUBBLE, NAMED, LONGEST_NAME = 54, 12, 18
WIDTH = 1050.0
"""Pixels: the picture as wide as it usually is."""
WIDEST_GROWTH = 1.5
"""What grows faster than this is drawn at the edge, with its figure in words: one launch must not squeeze all others together."""


@drawn_once
def growth_share(
    frame: pl.DataFrame, look: Look, *, growth_line: float | None, share_line: float | None, means: tuple[Message, Message], words: Mapping[str, Message],
    label: Message, trail: Sequence[tuple[float, float, float, float, float]] = (), height: int = 460,
) -> Drawn:  # fmt: skip
    """`label`, `key`, `growth`, `profit_share`, `turnover`, `quadrant` of one sphere; across the share of profit, up the growth.

    growth_line, share_line: where the matrix is parted; means: what the two lines are. words: of the quadrants. trail: (share, growth, share before, growth
    before, turnover) of whose way is shown. What has no growth (new) stands in a strip at the right, by its share.
    """
    known = frame.filter(pl.col("profit_share").is_not_null()).sort("turnover", descending=True) if not frame.is_empty() else frame
    placed, aside = known.filter(pl.col("growth").is_not_null()), known.filter(pl.col("growth").is_null())
    if known.is_empty():
        return nothing(look)
    ink = inks(look.theme)
    shares, rates = [float(share) for share in known["profit_share"]], [min(float(rate), WIDEST_GROWTH) for rate in placed["growth"]]
    shares, rates = [*shares, *(step[2] for step in trail)], [*rates, *(min(step[3], WIDEST_GROWTH) for step in trail)]  # the ways begin within the picture
    across = nice_ticks(min(0.0, *shares), max(0.1, *shares, share_line or 0.0), "share", look.language)
    up = nice_ticks(min(-0.1, *rates, growth_line or 0.0), max(0.1, *rates, growth_line or 0.0), "share", look.language)
    strip = up.values[-1] + (up.values[-1] - up.values[0]) * 0.14
    largest = max(float(known["turnover"].max() or 0.0), 1e-9)  # type: ignore[arg-type]
    drawn = known.with_columns(pl.Series("at", _spots(known, across.values, (up.values[0], strip), strip, height), dtype=pl.String))
    placed, aside = drawn.filter(pl.col("growth").is_not_null()), drawn.filter(pl.col("growth").is_null())
    traces = [_bubbles(look, rows, name, words, largest, strip) for name, rows in _by_quadrant(placed, aside)]
    shapes, notes = _parted(look, growth_line, share_line, means, across.values, up.values)
    if aside.height:
        notes.append(note(look.say(message("new, or no year before")), across.values[-1], strip, ink.quiet, xanchor="right", yanchor="bottom", yshift=14))
    ways = [_way(look, step, largest) for step in trail]
    ticks = [{"tickmode": "array", "tickvals": list(side.values), "ticktext": list(side.texts)} for side in (across, up)]
    top = strip + (up.values[-1] - up.values[0]) * 0.10 if aside.height else up.values[-1] * 1.06
    layout = framed(
        look, height, legend=True, right=16, shapes=shapes, annotations=[*notes, *ways],
        xaxis=axis(
            look, grid=True, title=look.say(message("Share of the sphere's profit")), **ticks[0], range=[across.values[0] * 1.08, across.values[-1] * 1.08]
        ),
        yaxis=axis(look, grid=True, title=look.say(message("Growth on the year before")), **ticks[1], range=[up.values[0] * 1.1, top]),
    )  # fmt: skip
    largest_row = known.row(0, named=True)
    alt = message(
        "{label}: {n_placed} placed, {n_new} without a year before; the largest is {name} with {turnover_money}, share {profit_share}.",
        label=label, n_placed=placed.height, n_new=aside.height, name=str(largest_row["label"]), turnover_money=largest_row["turnover"],
        profit_share=largest_row["profit_share"],
    )  # fmt: skip
    return Drawn(drawing(traces, layout), look.say(alt))


def _spots(known: pl.DataFrame, across: Sequence[float], ends: tuple[float, float], strip: float, height: int) -> list[str | None]:
    """Where the name of each bubble stands without covering another name or the middle of a bubble; none where there is no room. The largest come first."""
    wide, high = WIDTH / (across[-1] - across[0]), (height - 90.0) / (ends[1] - ends[0])
    largest = max(float(known["turnover"][0]), 1e-9)
    bubbles = [
        ((share - across[0]) * wide, -(strip if rate is None else min(rate, WIDEST_GROWTH)) * high, LARGEST_BUBBLE / 2 * (max(worth, 0.0) / largest) ** 0.5)
        for share, rate, worth in known.select("profit_share", "growth", "turnover").iter_rows()
    ]
    taken = [(x - 0.5 * r, y - 0.5 * r, x + 0.5 * r, y + 0.5 * r) for x, y, r in bubbles]
    spots: list[str | None] = [None] * len(bubbles)
    for number, (label, (x, y, r)) in enumerate(zip(known["label"].head(NAMED), bubbles, strict=False)):
        half = sum(11.5 if ord(sign) > 0x2E80 else 6.2 for sign in str(label)[:LONGEST_NAME]) / 2
        boxes = {
            "top center": (x - half, y - r - 17, x + half, y - r - 2), "bottom center": (x - half, y + r + 2, x + half, y + r + 17),
            "middle right": (x + r + 3, y - 8, x + r + 2 * half + 3, y + 8), "middle left": (x - r - 2 * half - 3, y - 8, x - r - 3, y + 8),
        }  # fmt: skip
        others = [box for place, box in enumerate(taken) if place != number]
        spots[number] = next((at for at, box in boxes.items() if not any(_meet(box, other) for other in others)), None)
        if spots[number] is not None:
            taken.append(boxes[str(spots[number])])
    return spots


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (left, top, right, bottom) share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _by_quadrant(placed: pl.DataFrame, aside: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    names = [name for name in ("star", "cow", "question", "dog", "loser") if (placed["quadrant"] == name).any()]
    rest = pl.concat([placed.filter(pl.col("quadrant").is_null()), aside])
    return [*((name, placed.filter(pl.col("quadrant") == name)) for name in names), *([("new", rest)] if rest.height else [])]


def _bubbles(look: Look, rows: pl.DataFrame, name: str, words: Mapping[str, Message], largest: float, strip: float) -> dict[str, Any]:
    """One kind of bubbles; losers and what is new are outlines."""
    ink = inks(look.theme)
    color = {
        "star": ink.categories[0], "cow": ink.actual, "question": ink.categories[2], "dog": ink.last_year, "loser": ink.critical, "new": ink.scenario,
    }[name]  # fmt: skip
    hover = []
    for row in rows.iter_rows(named=True):
        facts = message(
            "Growth {growth_share} · share of profit {profit_share} · turnover {turnover_money}",
            growth_share=row["growth"], profit_share=row["profit_share"], turnover_money=row["turnover"],
        )  # fmt: skip
        hover.append(f"<b>{plain_text(row['label'])}</b><br>{harmless(look.say(facts))}")
    hollow = name in ("loser", "new")
    marker: dict[str, Any] = {
        "size": [max(float(value), 0.0) for value in rows["turnover"]], "sizemode": "area", "sizeref": 2 * largest / LARGEST_BUBBLE**2, "sizemin": 4,
        "color": CLEAR if hollow else color, "opacity": 1.0 if hollow else 0.78, "line": {"color": color if hollow else ink.card, "width": 2 if hollow else 1},
    }  # fmt: skip
    heights = [strip if rate is None else min(float(rate), WIDEST_GROWTH) for rate in rows["growth"]]
    return {
        "type": "scatter", "mode": "markers+text", "x": [float(share) for share in rows["profit_share"]], "y": heights,
        "marker": marker, "name": plain_text(look.say(words[name])), "hovertext": hover, "hoverinfo": "text",
        "text": [plain_text(text, LONGEST_NAME) if at else "" for text, at in rows.select("label", "at").iter_rows()],
        "textposition": [at or "top center" for at in rows["at"]], "textfont": {"size": SMALL_SIZE, "color": ink.text}, "cliponaxis": False,
        "customdata": rows["key"].to_list(),
    }  # fmt: skip


def _parted(
    look: Look, growth_line: float | None, share_line: float | None, means: tuple[Message, Message], across: Sequence[float], up: Sequence[float]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The two thin lines, zero, and what is written on them."""
    ink = inks(look.theme)
    thin = {"type": "line", "line": {"color": ink.accent, "width": 1, "dash": "dot"}, "layer": "below"}
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    if growth_line is not None:
        shapes.append(thin | {"xref": "paper", "x0": 0, "x1": 1, "y0": growth_line, "y1": growth_line})
        said = message("{line_share}: {meaning}", line_share=growth_line, meaning=means[0])
        notes.append(note(harmless(look.say(said)), 0, growth_line, ink.accent, xref="paper", xanchor="left", yanchor="bottom"))
    if share_line is not None:
        shapes.append(thin | {"yref": "paper", "y0": 0, "y1": 1, "x0": share_line, "x1": share_line})
        said = message("{line_share}: {meaning}", line_share=share_line, meaning=means[1])
        notes.append(note(harmless(look.say(said)), share_line, up[0] * 1.1, ink.accent, xanchor="left", yanchor="bottom", xshift=4))
    if across[0] < 0:
        shapes.append({"type": "line", "line": {"color": ink.critical, "width": 1}, "layer": "below", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0})
    return shapes, notes


def _way(look: Look, step: tuple[float, float, float, float, float], largest: float) -> dict[str, Any]:
    """An arrow from where it stood to the edge of where it stands."""
    share, rate, share_before, rate_before, turnover = step
    edge = LARGEST_BUBBLE / 2 * (max(turnover, 0.0) / largest) ** 0.5
    ends = {"x": share, "y": min(rate, WIDEST_GROWTH), "ax": share_before, "ay": min(rate_before, WIDEST_GROWTH)}
    arrow = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y", "showarrow": True, "arrowhead": 3, "arrowsize": 1, "arrowwidth": 1.2, "text": ""}
    return ends | arrow | {"arrowcolor": inks(look.theme).quiet, "standoff": edge}
