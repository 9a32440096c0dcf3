"""What is kept beside what two aims ask for, row by row: three marks on one scale of money."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.figures.bars import ROW
from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text, wrapped
from engine.language import nice_ticks
from engine.messages import Message, message

MARKS = ("circle", "diamond", "square")


@drawn_once
def required(frame: pl.DataFrame, look: Look, *, names: Mapping[str, Message], unit: str, label: Message, most: int = 10) -> Drawn:
    """`label` and three columns of `frame` (keys of names: what is kept, then both aims), in the order of the frame; rows beyond `most` are left out.

    What is kept is a filled mark, the aims are outlines; the strip behind them reaches from the least to the most.
    """
    shown = frame.drop_nulls(list(names)).head(most) if set(names) <= set(frame.columns) else frame.clear()
    if shown.is_empty():
        return nothing(look)
    ink, labels = inks(look.theme), [str(text) for text in shown["label"]]
    values = {name: [float(value) for value in shown[name]] for name in names}
    ticks = nice_ticks(0.0, max(max(part) for part in values.values()), unit, look.language, look.currency)
    least, longest = ([limit(parts) for parts in zip(*values.values(), strict=True)] for limit in (min, max))
    rows = list(range(shown.height))
    strip: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": rows, "base": least, "x": [top - low for low, top in zip(least, longest, strict=True)], "width": 0.18,
        "marker": {"color": ink.band}, "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
    hover = [
        "<br>".join(
            [plain_text(text), *(f"{look.say(said)} <b>{harmless(look.number(values[name][row], unit, compact=False))}</b>" for name, said in names.items())]
        )
        for row, text in enumerate(labels)
    ]
    inked = (ink.actual, ink.scenario, ink.attention)
    marks = [
        {
            "type": "scatter", "mode": "markers", "x": values[name], "y": rows, "name": look.say(said), "hoverinfo": "text", "hovertext": hover,
            "cliponaxis": False,
            "marker": {"symbol": MARKS[place], "size": 11, "color": color if place == 0 else CLEAR, "line": {"width": 2.2, "color": color}},
        }
        for place, ((name, said), color) in enumerate(zip(names.items(), inked, strict=True))
    ]  # fmt: skip
    across = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts], rangemode="tozero")
    up = axis(look, tickmode="array", tickvals=rows, ticktext=[wrapped(text) for text in labels], range=[len(rows) - 0.5, -0.5])
    layout = framed(look, 64 + ROW * len(rows), legend=True, right=24, xaxis=across, yaxis=up | {"tickfont": {"size": 13, "color": ink.text}})
    layout["legend"] = layout["legend"] | {"font": {"size": SMALL_SIZE, "color": ink.quiet}}
    first = next(iter(names))
    alt = message(
        "{label}: {n} rows; in {name} {kept_number} is kept.", label=label, n=len(rows), name=labels[0], kept_number=look.number(values[first][0], unit)
    )
    return Drawn(drawing([strip, *marks], layout), look.say(alt))
