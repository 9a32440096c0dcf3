"""Rows that are made of parts: what each part is, how large the whole."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.figures.bars import ROW
from engine.figures.drawn_once import drawn_once
from engine.figures.notation import SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text, wrapped
from engine.messages import Message, message


@drawn_once
def parts(frame: pl.DataFrame, look: Look, *, names: Mapping[str, Message], unit: str, label: Message, warn: str = "", most: int = 14) -> Drawn:
    """Bars lying one under the other, each cut into parts: `label` and one column a part, whose names give the order from the left.

    The order of rows is kept; the whole of each stands at its end. warn: the part that is to be seen first; parts of no row are left out.
    """
    shown = frame.head(most)
    present = [name for name in names if name in shown.columns and float(shown[name].sum() or 0.0) > 0]
    if not present:
        return nothing(look)
    ink = inks(look.theme)
    rows, labels = list(range(shown.height)), [str(text) for text in shown["label"]]
    totals = [float(value) for value in shown.select(pl.sum_horizontal(pl.col(name).fill_null(0.0) for name in present)).to_series()]
    calm = iter((ink.actual, ink.scenario, ink.last_year, ink.categories[2], ink.other))
    traces: list[dict[str, Any]] = []
    for name in present:
        said, values = look.say(names[name]), [float(value or 0.0) for value in shown[name]]
        hover = [
            f"{plain_text(text)}<br>{plain_text(said)}<br><b>{harmless(look.number(value, unit, compact=False))}</b>"
            for text, value in zip(labels, values, strict=True)
        ]
        color = ink.attention if name == warn else next(calm)
        bar: dict[str, Any] = {"type": "bar", "orientation": "h", "x": values, "y": rows, "width": 0.6, "name": plain_text(said), "marker": {"color": color}}
        traces.append(bar | {"hoverinfo": "text", "hovertext": hover, "customdata": labels})
    texts = [f"\u2002<b>{harmless(look.number(total, unit))}</b>" for total in totals]
    ends: dict[str, Any] = {"type": "scatter", "mode": "text", "x": totals, "y": rows, "text": texts, "textposition": "middle right", "hoverinfo": "skip"}
    traces.append(ends | {"textfont": {"size": SMALL_SIZE, "color": ink.text}, "showlegend": False, "cliponaxis": False})
    across = axis(look, showticklabels=False, range=[0.0, max(totals) * 1.02 or 1.0])
    font = {"size": 13, "color": ink.text}
    side = axis(look, tickmode="array", tickvals=rows, ticktext=[wrapped(text) for text in labels], range=[len(rows) - 0.5, -0.5]) | {"tickfont": font}
    layout = framed(look, 52 + ROW * len(rows), legend=True, right=76, barmode="stack", xaxis=across, yaxis=side)
    layout["legend"] = layout["legend"] | {"traceorder": "normal"}
    largest = totals.index(max(totals))
    alt = message(
        "{label}: {whole_number} in all; the largest is {name} with {most_number}.",
        label=label, whole_number=look.number(sum(totals), unit), name=labels[largest], most_number=look.number(totals[largest], unit),
    )  # fmt: skip
    return Drawn(drawing(traces, layout), look.say(alt))
