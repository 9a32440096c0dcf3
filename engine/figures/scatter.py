"""Turns against margin: each bubble a product or line, its area the money in stock, curves of equal GMROII behind."""

from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import MOST_CATEGORIES, SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, note, nothing, plain_text
from engine.language import formatted, nice_ticks
from engine.messages import Message, message

NAMED = 8
LARGEST_BUBBLE = 46
LONGEST_NAME = 22
WIDTH, LINE, WIDE_SIGN, NARROW_SIGN = 520.0, 15.0, 11.5, 6.2
"""Pixels: a picture as wide as it usually is beside another, the height of a name, and its signs (Chinese ones are wide)."""


@drawn_once
def turns_and_margin(frame: pl.DataFrame, look: Look, *, label: Message, curves: tuple[float, ...] = (1.0, 2.0, 4.0), height: int = 440) -> Drawn:
    """`label`, `turns` (a year), `margin_share` (0–1), `stock_value`; optional `group` (at most six colours, the rest grey), `key`.

    On a curve margin ÷ (1 − margin) × turns is the same GMROII. Rows without turns or margin cannot be placed; the sentence counts them.
    """
    placed = frame.filter(*(pl.col(name).is_not_null() & pl.col(name).is_finite() for name in ("turns", "margin_share"))) if not frame.is_empty() else frame
    if placed.is_empty():
        return nothing(look)
    placed = placed.with_columns(stock_value=pl.col("stock_value").fill_null(0.0).clip(lower_bound=0.0))
    placed = placed.sort("stock_value", descending=True, maintain_order=True)
    turns, margins = ([float(number) for number in placed.get_column(name)] for name in ("turns", "margin_share"))
    across = nice_ticks(0, max(1.0, *turns), "qty", look.language)
    up = nice_ticks(min(0.0, *margins), max(0.1, *margins), "share", look.language)
    largest = placed.row(0, named=True)
    curve_lines, curve_notes = _curves(look, curves, across.values[-1], up.values[-1])
    placed = placed.with_columns(pl.Series("at", _spots(placed, across.values[-1], (up.values[0], up.values[-1]), height), dtype=pl.String))
    bubbles = [_bubbles(look, rows, name, color, largest["stock_value"]) for name, color, rows in _groups(placed, look)]
    ticks = [{"tickmode": "array", "tickvals": list(side.values), "ticktext": list(side.texts)} for side in (across, up)]
    layout = framed(
        look,
        height,
        legend="group" in placed.columns,
        right=16,
        annotations=curve_notes,
        xaxis=axis(look, grid=True, title=look.say(message("Turns a year")), **ticks[0], range=[0, across.values[-1] * 1.04]),
        yaxis=axis(look, grid=True, title=look.say(message("Margin")), **ticks[1], range=[up.values[0], up.values[-1] * 1.06]),
    )
    alt = message(
        "{label}: {n_placed} placed, {n_unplaced} without turns or margin; largest stock {name}: {stock_money}, turns {turns_ratio}, margin {margin_share}.",
        label=label,
        n_placed=placed.height,
        n_unplaced=frame.height - placed.height,
        name=str(largest["label"]),
        stock_money=largest["stock_value"],
        turns_ratio=largest["turns"],
        margin_share=largest["margin_share"],
    )
    return Drawn(drawing([*curve_lines, *bubbles], layout), look.say(alt))


def _spots(placed: pl.DataFrame, right: float, ends: tuple[float, float], height: int) -> list[str | None]:
    """Where the name of each bubble stands without covering another name or a bubble; none for small ones and where there is no room.

    placed: the largest first. Reckoned in pixels of a picture of usual width; what is crowded keeps its name for whoever points at it.
    """
    largest = max(float(placed["stock_value"][0]), 1e-9)
    across, up = WIDTH / max(right, 1e-9), (height - 80.0) / max(ends[1] - ends[0], 1e-9)
    bubbles = [
        (turns * across, -margin * up, LARGEST_BUBBLE / 2 * (value / largest) ** 0.5)
        for turns, margin, value in placed.select("turns", "margin_share", "stock_value").iter_rows()
    ]
    taken = [(x - 0.6 * r, y - 0.6 * r, x + 0.6 * r, y + 0.6 * r) for x, y, r in bubbles]
    spots: list[str | None] = [None] * len(bubbles)
    for number, (label, (x, y, r)) in enumerate(zip(placed["label"].head(NAMED), bubbles, strict=False)):
        text = str(label)[:LONGEST_NAME]
        half = sum(WIDE_SIGN if ord(sign) > 0x2E80 else NARROW_SIGN for sign in text) / 2
        boxes = {
            "top center": (x - half, y - r - LINE - 2, x + half, y - r - 2), "bottom center": (x - half, y + r + 2, x + half, y + r + LINE + 2),
            "middle right": (x + r + 3, y - LINE / 2, x + r + 2 * half + 3, y + LINE / 2),
            "middle left": (x - r - 2 * half - 3, y - LINE / 2, x - r - 3, y + LINE / 2),
        }  # fmt: skip
        others = [box for place, box in enumerate(taken) if place != number]
        spots[number] = next((at for at, box in boxes.items() if box[0] > 0 and not any(_meet(box, other) for other in others)), None)
        if spots[number] is not None:
            taken.append(boxes[str(spots[number])])
    return spots


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (left, top, right, bottom) share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _curves(look: Look, curves: tuple[float, ...], widest: float, highest: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """margin = g ÷ (g + turns): the points at which a unit of money in stock earns g in a year. Lines, and what is written on them."""
    ink = inks(look.theme)
    lines, notes = [], []
    for gmroii in curves:
        points = [(turns, gmroii / (gmroii + turns)) for turns in (widest * step / 60 for step in range(1, 61))]
        shown = [(turns, margin) for turns, margin in points if margin <= highest]
        if shown:
            line = {"type": "scatter", "mode": "lines", "line": {"color": ink.last_year, "width": 1}, "hoverinfo": "skip", "showlegend": False}
            lines.append(line | {"x": [turns for turns, _ in shown], "y": [margin for _, margin in shown]})
            notes.append(note(f"GMROII {formatted(gmroii, 'qty', look.language)}", *shown[-1], ink.quiet, xanchor="right", yanchor="bottom"))
    return lines, notes


def _groups(placed: pl.DataFrame, look: Look) -> list[tuple[str | None, str, pl.DataFrame]]:
    """Groups by their money in stock: six have a colour, the others share grey; without groups all are actual."""
    ink = inks(look.theme)
    if "group" not in placed.columns:
        return [(None, ink.actual, placed)]
    order = placed.group_by("group").agg(pl.col("stock_value").sum()).sort("stock_value", "group", descending=[True, False]).get_column("group").to_list()
    parts = [(str(name), ink.categories[place], placed.filter(pl.col("group").eq_missing(name))) for place, name in enumerate(order[:MOST_CATEGORIES])]
    rest = placed.filter(pl.col("group").is_in(order[MOST_CATEGORIES:], nulls_equal=True)) if len(order) > MOST_CATEGORIES else placed.clear()
    return [*parts, *([(look.say(message("Others")), ink.other, rest)] if not rest.is_empty() else [])]


def _bubbles(look: Look, rows: pl.DataFrame, name: str | None, color: str, largest: float) -> dict[str, Any]:
    hover, names = [], []
    for row in rows.iter_rows(named=True):
        facts = message(
            "Turns {turns_ratio} · margin {margin_share} · stock {stock_money}",
            turns_ratio=row["turns"],
            margin_share=row["margin_share"],
            stock_money=row["stock_value"],
        )
        hover.append(f"<b>{plain_text(row['label'])}</b><br>{harmless(look.say(facts))}")
        names.append(plain_text(row["label"], LONGEST_NAME) if row["at"] else "")
    marker = {"size": rows.get_column("stock_value").to_list(), "sizemode": "area", "sizeref": 2 * max(largest, 1e-9) / LARGEST_BUBBLE**2, "sizemin": 3}
    marker |= {"color": color, "opacity": 0.75, "line": {"color": inks(look.theme).card, "width": 1}}
    spots = [at or "top center" for at in rows.get_column("at")]
    words = {"text": names, "textposition": spots, "textfont": {"size": SMALL_SIZE, "color": inks(look.theme).text}, "cliponaxis": False}
    return words | {
        "type": "scatter",
        "mode": "markers+text",
        "x": rows.get_column("turns").to_list(),
        "y": rows.get_column("margin_share").to_list(),
        "marker": marker,
        "name": plain_text(name or "", 28),
        "hovertext": hover,
        "hoverinfo": "text",
        "customdata": rows.get_column("key" if "key" in rows.columns else "label").to_list(),
    }
