"""A what-if over the plan of record: the plan as a pale ghost, what the levers make of it as a dashed outline."""

from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, Drawn, Look, axis, drawing, framed, harmless, inks, nothing
from engine.language import month_text, month_ticks, nice_ticks
from engine.messages import Message, message

RECORD, FOUND = message("Plan of record"), message("What if")
FULL = 1.0


@drawn_once
def ghost(frame: pl.DataFrame, look: Look, *, unit: str, label: Message, height: int = 300, found: Message = FOUND) -> Drawn:
    """`month`, `record` and `found`, month by month; numbers or null. A share has a line where it is full. found: what the outline is called."""
    values = [float(value) for name in ("record", "found") if name in frame.columns for value in frame[name].drop_nulls()]
    if frame.is_empty() or not values:
        return nothing(look)
    ink, months = inks(look.theme), frame["month"].to_list()
    places = list(range(len(months)))
    hover = [
        f"<b>{month_text(month, look.language)}</b><br>{look.say(found)} {harmless(look.number(after, unit))}<br>"
        f"{look.say(RECORD)} {harmless(look.number(before, unit))}"
        for month, before, after in frame.select("month", "record", "found").iter_rows()
    ]
    shared: dict[str, Any] = {"type": "bar", "x": places, "hoverinfo": "text", "hovertext": hover}
    record = shared | {"y": frame["record"].to_list(), "width": 0.8, "marker": {"color": ink.ghost}, "name": look.say(RECORD)}
    line: dict[str, Any] = {"type": "scatter", "mode": "lines+markers", "x": places, "y": frame["found"].to_list(), "hoverinfo": "text", "hovertext": hover}
    line |= {"line": {"color": ink.scenario, "width": 3, "dash": "dash"}, "name": look.say(found)}
    line |= {"marker": {"size": 8, "color": CLEAR, "line": {"color": ink.scenario, "width": 2}}}
    least, most = min(0.0, *values), max(0.0, *values, FULL if unit == "share" else 0.0)
    ticks = nice_ticks(least, most, unit, look.language, look.currency)
    shown, texts = month_ticks(months, look.language)
    across = axis(look, tickmode="array", tickvals=[months.index(month) for month in shown], ticktext=list(texts), range=[-0.6, len(months) - 0.4])
    up = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts])
    up |= {"range": [ticks.values[0], ticks.values[-1] * 1.04]}
    full = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": FULL, "y1": FULL, "line": {"color": ink.attention, "width": 2}}
    layout = framed(look, height, legend=True, barmode="overlay", xaxis=across, yaxis=up, shapes=[full] if unit == "share" else [])
    first, last = frame.row(0, named=True), frame.row(-1, named=True)
    alt = message(
        "{label}, {first_month} to {last_month}: last {found_number}, {record_number} by the plan of record.",
        label=label, first_month=first["month"], last_month=last["month"], found_number=look.number(last["found"], unit),
        record_number=look.number(last["record"], unit),
    )  # fmt: skip
    return Drawn(drawing([record, line], layout), look.say(alt))
