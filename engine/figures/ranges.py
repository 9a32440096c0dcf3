"""Ranges on one scale, row by row: what something costs from the least to the most, at base price and at the largest discount; or two indices beside one."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.figures.bars import ROW
from engine.figures.drawn_once import drawn_once
from engine.figures.notation import Drawn, Look, axis, drawing, framed, harmless, inks, nothing, wrapped
from engine.language import nice_ticks
from engine.messages import Message, message


@drawn_once
def price_ranges(frame: pl.DataFrame, look: Look, *, label: Message, most: int = 16) -> Drawn:
    """`label`, `price_low`, `price_median`, `price_high` and `discount_low`, `discount_median`, `discount_high` (null = not told): a thick bar and its
    middle at base price, a thin one below it at the largest discount. In the order of the frame; lines without a price are left out."""
    shown = frame.filter(pl.col("price_low").is_not_null()).head(most) if not frame.is_empty() else frame
    if shown.is_empty():
        return nothing(look)
    ink, rows = inks(look.theme), list(range(shown.height))
    labels = [str(text) for text in shown["label"]]
    ticks = nice_ticks(0.0, float(shown["price_high"].max() or 1.0), "qty", look.language)  # type: ignore[arg-type]
    hover = [_said(look, row) for row in shown.iter_rows(named=True)]
    base = _bar(shown, "price", [row - 0.12 for row in rows], 0.30, ink.actual, look.say(message("Base price")), hover)
    best = _bar(shown, "discount", [row + 0.22 for row in rows], 0.14, ink.last_year, look.say(message("At the largest discount")), hover)
    middle: dict[str, Any] = {
        "type": "scatter", "mode": "markers", "x": shown["price_median"].to_list(), "y": [row - 0.12 for row in rows], "hoverinfo": "skip",
        "marker": {"symbol": "line-ns", "size": 12, "line": {"color": ink.card, "width": 2}}, "showlegend": False,
    }  # fmt: skip
    across = axis(
        look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts], range=[0, ticks.values[-1]]
    )
    side = axis(look, tickmode="array", tickvals=rows, ticktext=[wrapped(text) for text in labels], range=[len(rows) - 0.4, -0.6])
    side = side | {"tickfont": {"size": 13, "color": ink.text}}
    layout = framed(look, 56 + ROW * len(rows), legend=True, barmode="overlay", xaxis=across, yaxis=side)
    dearest = shown.sort("price_high", descending=True).row(0, named=True)
    alt = message(
        "{label}: {n} lines; the dearest is {name} with {price_money}.",
        label=label,
        n=shown.height,
        name=str(dearest["label"]),
        price_money=dearest["price_high"],
    )
    return Drawn(drawing([base, best, middle], layout), look.say(alt))


def _bar(shown: pl.DataFrame, name: str, at: list[float], width: float, color: str, said: str, hover: list[str]) -> dict[str, Any]:
    """From the least to the most; where both are one price, a sliver that can be seen."""
    least, most = ([None if value is None else float(value) for value in shown[f"{name}_{end}"]] for end in ("low", "high"))
    sliver = max((value for value in most if value is not None), default=1.0) * 0.006
    lengths = [None if low is None or high is None else max(high - low, sliver) for low, high in zip(least, most, strict=True)]
    bar: dict[str, Any] = {"type": "bar", "orientation": "h", "y": at, "base": least, "x": lengths, "width": width, "name": said, "marker": {"color": color}}
    return bar | {"hovertext": hover, "hoverinfo": "text"}


def _said(look: Look, row: Mapping[str, Any]) -> str:
    def price(name: str) -> str:
        return harmless(look.number(row[name], "money_per_unit", compact=False))

    words = look.say(message("Base price"))
    best = look.say(message("At the largest discount"))
    return (
        f"<b>{wrapped(row['label'])}</b><br>{words} {price('price_low')} – {price('price_high')}<br>{best} {price('discount_low')} – {price('discount_high')}"
    )


@drawn_once
def indices(frame: pl.DataFrame, look: Look, *, names: Mapping[str, Message], label: Message, most: int = 14) -> Drawn:
    """`label` and two columns of ratios (keys of names) beside a line at one: right of it we are dearer. Rows without either are left out."""
    first, second = names
    known = frame.filter(pl.col(first).is_not_null() | pl.col(second).is_not_null()) if not frame.is_empty() else frame
    shown = known.head(most)
    if shown.is_empty():
        return nothing(look)
    ink, rows, labels = inks(look.theme), list(range(shown.height)), [str(text) for text in shown["label"]]
    values = [float(value) for name in names for value in shown[name].drop_nulls()]
    ticks = nice_ticks(min(0.8, *values), max(1.2, *values), "ratio", look.language)
    traces: list[dict[str, Any]] = []
    for name, color, symbol in ((first, ink.actual, "circle"), (second, ink.scenario, "diamond-open")):
        said = look.say(names[name])
        hover = [f"{wrapped(text)}<br>{said} <b>{harmless(look.number(value, 'ratio'))}</b>" for text, value in zip(labels, shown[name], strict=True)]
        marks = {"type": "scatter", "mode": "markers", "x": shown[name].to_list(), "y": rows, "name": said, "hovertext": hover, "hoverinfo": "text"}
        traces.append(marks | {"marker": {"color": color, "size": 10, "symbol": symbol, "line": {"width": 2, "color": color}}, "cliponaxis": False})
    one = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": ink.accent, "width": 1}, "layer": "below"}
    across = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=list(ticks.texts), range=[ticks.values[0], ticks.values[-1]])
    side = axis(look, tickmode="array", tickvals=rows, ticktext=[wrapped(text) for text in labels], range=[len(rows) - 0.4, -0.6])
    layout = framed(look, 56 + ROW * len(rows), legend=True, shapes=[one], xaxis=across, yaxis=side | {"tickfont": {"size": 13, "color": ink.text}})
    dearer = sum(1 for value in shown[first].drop_nulls() if value > 1)
    alt = message("{label}: in {dearer_n} of {all_n} lines we are dearer at base price.", label=label, dearer_n=dearer, all_n=shown.height)
    return Drawn(drawing(traces, layout), look.say(alt))
