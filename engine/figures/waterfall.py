"""From one figure to another, step by step: totals solid, steps in the colours of a variance, with sign and words."""

from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import Drawn, Look, axis, drawing, framed, harmless, ink_of_variance, inks, nothing, plain_text, wrapped
from engine.language import nice_ticks
from engine.messages import Message, message

LITTLE = 0.15
"""Where all steps together reach less far than this share of the totals, the totals are cut off below: steps are what the picture is for."""


@drawn_once
def waterfall(frame: pl.DataFrame, look: Look, *, label: Message, unit: str = "money", better: str = "up", height: int = 320) -> Drawn:
    """`label`, `value`, `is_total` (true: the level itself; false: a step from the level before), in order, no value null.

    better: `up` or `down`: which direction of a step is favourable.
    """
    if frame.is_empty() or frame.get_column("value").null_count():
        return nothing(look)
    ends = _ends(frame)
    floor = _floor(ends)
    bases, heights, colors, texts = [], [], [], []
    for place, (name, value, is_total) in enumerate(frame.select("label", "value", "is_total").iter_rows()):
        bases.append(floor if is_total else ends[place - 1] if place else 0.0)
        heights.append(ends[place] - bases[place])
        colors.append(inks(look.theme).actual if is_total else ink_of_variance(look, (value > 0) == (better == "up") if value else None, value > 0))
        texts.append((str(name), harmless(look.number(value, unit, signed=not is_total))))
    ticks = nice_ticks(floor or min(0.0, *ends), max(0.0, *ends), unit, look.language, look.currency)
    bar = {"type": "bar", "x": list(range(len(ends))), "y": heights, "base": bases, "width": 0.6, "marker": {"color": colors}, "cliponaxis": False}
    bar |= {"text": [text for _, text in texts], "textposition": "outside", "textfont": {"color": inks(look.theme).text}}
    bar |= {"hovertext": [f"{plain_text(name)}<br><b>{text}</b>" for name, text in texts], "hoverinfo": "text"}
    line = {"color": inks(look.theme).quiet, "width": 1}
    joins = [{"type": "line", "x0": place + 0.3, "x1": place + 0.7, "y0": end, "y1": end, "line": line} for place, end in enumerate(ends[:-1])]
    across = axis(look, tickmode="array", tickvals=list(range(len(ends))), ticktext=[wrapped(name, 14, 3) for name, _ in texts])
    up = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts])
    reach = ticks.values[-1] - ticks.values[0]
    up |= {"range": [floor or ticks.values[0], ticks.values[-1] + 0.05 * reach]}
    cuts = [_cut(look, place, floor, reach) for place, is_total in enumerate(frame.get_column("is_total")) if is_total and floor]
    figure = drawing([bar], framed(look, height, top=16, shapes=[*joins, *cuts], xaxis=across, yaxis=up))
    alt = message(
        "{label}: from {first_number} to {last_number}.", label=label, first_number=look.number(ends[0], unit), last_number=look.number(ends[-1], unit)
    )
    cut = [look.say(message("The totals are cut off below {number}.", number=look.number(floor, unit)))] if floor else []
    return Drawn(figure, " ".join([look.say(alt), *cut]))


def _ends(frame: pl.DataFrame) -> list[float]:
    """The level after each bar: a total's own, else the one before and the step."""
    ends: list[float] = []
    for value, is_total in frame.select("value", "is_total").iter_rows():
        ends.append(float(value) + (0.0 if is_total or not ends else ends[-1]))
    return ends


def _floor(ends: list[float]) -> float:
    """Where the totals are cut off; 0 where they are drawn whole."""
    low, high = min(ends), max(ends)
    if low <= 0 or high == low or high - low >= LITTLE * high:
        return 0.0
    return low - 0.6 * (high - low)


def _cut(look: Look, place: int, floor: float, reach: float) -> dict[str, Any]:
    """The slanted gap in a bar that says: not from zero."""
    left, right, low, thick = place - 0.31, place + 0.31, floor + 0.07 * reach, 0.03 * reach
    corners = ((left, low), (right, low + thick), (right, low + 2 * thick), (left, low + thick))
    path = "M " + " L ".join(f"{x} {y}" for x, y in corners) + " Z"
    return {"type": "path", "path": path, "fillcolor": inks(look.theme).card, "line": {"width": 0}}
