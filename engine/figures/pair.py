"""Two flows of the same goods month by month, side by side: what came in as an outline, what went on as a solid column."""

from datetime import date
from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, Drawn, Look, axis, drawing, framed, harmless, inks, nothing
from engine.language import month_text, month_ticks, nice_ticks
from engine.messages import Message, message


@drawn_once
def pair(frame: pl.DataFrame, look: Look, *, first: tuple[str, Message], second: tuple[str, Message], unit: str, height: int = 300) -> Drawn:
    """Columns of two series of `frame` (month and the two named columns; null = unknown, a gap): first outlined, second solid."""
    known = frame.sort("month") if "month" in frame.columns else frame
    if known.is_empty() or known[first[0]].null_count() + known[second[0]].null_count() == 2 * known.height:
        return nothing(look)
    ink, months = inks(look.theme), known["month"].to_list()
    outlined: dict[str, Any] = {"color": CLEAR, "line": {"color": ink.plan, "width": 1.4}}
    bars = [_bars(known, look, first, unit, months, outlined), _bars(known, look, second, unit, months, {"color": ink.actual})]
    highest = max([float(value) for name, _ in (first, second) for value in known[name].drop_nulls()] or [0.0])
    ticks = nice_ticks(0.0, highest, unit, look.language, look.currency)
    side = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts], rangemode="tozero")
    shown, texts = month_ticks(months, look.language)
    across = axis(look, tickmode="array", tickvals=[months.index(month) for month in shown], ticktext=[text.replace("\n", "<br>") for text in texts])
    layout = framed(look, height, legend=True, xaxis=across, yaxis=side, barmode="group", bargap=0.35, bargroupgap=0.08)
    totals = [float(known[name].sum() or 0.0) for name, _ in (first, second)]
    alt = message(
        "{first}: {first_number} in all; {second}: {second_number}; {n} months.",
        first=first[1], first_number=look.number(totals[0], unit), second=second[1], second_number=look.number(totals[1], unit), n=known.height,
    )  # fmt: skip
    return Drawn(drawing(bars, layout), look.say(alt))


def _bars(frame: pl.DataFrame, look: Look, series: tuple[str, Message], unit: str, months: list[date], marker: dict[str, Any]) -> dict[str, Any]:
    name, label = series
    values = [None if value is None else float(value) for value in frame[name]]
    hover = [
        f"{month_text(month, look.language)}<br>{look.say(label)} <b>{harmless(look.number(value, unit, compact=False))}</b>"
        for month, value in zip(months, values, strict=True)
    ]
    return {
        "type": "bar", "name": look.say(label), "x": list(range(len(months))), "y": values, "marker": marker, "hoverinfo": "text", "hovertext": hover,
    }  # fmt: skip
