"""What each measure gives to a score: the outline is what it could give, the solid bar what it gives."""

from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text
from engine.messages import Message, message

ROW = 26


@drawn_once
def score_bars(frame: pl.DataFrame, look: Look, *, label: Message) -> Drawn:
    """Rows from top to bottom: `label`, `value` (points given, null = not measured), `whole` (points that could be given), `text` (beside the bar)."""
    if frame.is_empty():
        return nothing(look)
    ink, rows = inks(look.theme), list(range(frame.height))
    values, wholes = frame["value"].to_list(), [float(whole or 0.0) for whole in frame["whole"]]
    names = [plain_text(name, 34) for name in frame["label"]]
    row: dict[str, Any] = {"type": "bar", "orientation": "h", "y": rows}
    hover = [
        f"{name}<br><b>{harmless(look.number(value, 'score'))}</b> / {harmless(look.number(whole, 'score'))}"
        for name, value, whole in zip(names, values, wholes, strict=True)
    ]
    outline = row | {"x": wholes, "width": 0.68, "marker": {"color": CLEAR, "line": {"color": ink.last_year, "width": 1.2}}, "hoverinfo": "skip"}
    given = row | {"x": [value or 0.0 for value in values], "width": 0.42, "marker": {"color": ink.actual}, "hoverinfo": "text", "hovertext": hover}
    most = max([*wholes, 1.0])
    side: dict[str, Any] = {"type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "skip", "textposition": "middle right", "y": rows}
    side |= {"x": [most * 1.02] * len(rows), "text": [plain_text(said) for said in frame["text"]], "textfont": {"size": SMALL_SIZE, "color": ink.quiet}}
    across = axis(look, showticklabels=False, range=[0, most * 1.02])
    down = axis(look, tickmode="array", tickvals=rows, ticktext=names, range=[len(rows) - 0.5, -0.5]) | {"tickfont": {"size": 12, "color": ink.text}}
    figure = drawing([outline, given, side], framed(look, 16 + ROW * len(rows), right=104, barmode="overlay", xaxis=across, yaxis=down))
    total = sum(value for value in values if value is not None)
    alt = message(
        "{label}: {total_score} points in all; {n} measures, {unknown_n} of them not measured.",
        label=label, total_score=total, n=len(rows), unknown_n=sum(value is None for value in values),
    )  # fmt: skip
    return Drawn(figure, look.say(alt))
