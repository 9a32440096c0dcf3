"""A matrix of cells, tinted only where a value lies outside its band; without a band by size."""

from collections.abc import Sequence

import polars as pl

from engine.figures.notation import Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text
from engine.messages import Message, message

ROW = 30


def matrix(
    frame: pl.DataFrame, look: Look, *, rows: str, across: str, value: str, unit: str, label: Message, low: float | None = None, high: float | None = None
) -> Drawn:
    """One cell for each (`rows`, `across`), in the order in which both first appear; `value` is written in the cell.

    With low and high: below the band vermillion, above it amber, within it untinted. An absent or null cell is `?`.
    """
    if frame.is_empty():
        return nothing(look)
    names, heads = list(dict.fromkeys(frame.get_column(rows))), list(dict.fromkeys(frame.get_column(across)))
    cells = {(row, head): number for row, head, number in frame.select(rows, across, value).iter_rows() if number is not None and number == number}
    table = [[cells.get((row, head)) for head in heads] for row in names]
    known = [number for line in table for number in line if number is not None]
    tints = [[_tint(number, known, low, high) for number in line] for line in table]
    hover = [
        [f"{plain_text(row)} · {plain_text(head)}<br><b>{harmless(look.number(cells.get((row, head)), unit, compact=False))}</b>" for head in heads]
        for row in names
    ]
    heat = {"type": "heatmap", "z": tints, "x": list(range(len(heads))), "y": list(range(len(names))), "zmin": -1, "zmax": 1, "showscale": False}
    heat |= {"colorscale": _scale(look, low is not None or high is not None), "xgap": 2, "ygap": 2, "hovertext": hover, "hoverinfo": "text"}
    heat |= {"text": [[harmless(look.number(number, unit)) for number in line] for line in table], "texttemplate": "%{text}", "textfont": {"size": 12}}
    heat |= {"customdata": [[[str(row), str(head)] for head in heads] for row in names]}
    top = axis(look, tickmode="array", tickvals=list(range(len(heads))), ticktext=[plain_text(head, 14) for head in heads], side="top")
    side = axis(look, tickmode="array", tickvals=list(range(len(names))), ticktext=[plain_text(row, 26) for row in names], range=[len(names) - 0.5, -0.5])
    figure = drawing([heat], framed(look, 48 + ROW * len(names), xaxis=top, yaxis=side))
    return Drawn(figure, _alt(look, label, known, low, high, len(names) * len(heads)))


def _tint(number: float | None, known: Sequence[float], low: float | None, high: float | None) -> float:
    """-1 far below the band … 0 within … 1 far above; without a band 0 … 1 by size. Unknown cells are untinted."""
    if number is None:
        return 0.0
    if low is None and high is None:
        most = max((abs(value) for value in known), default=0.0)
        return abs(number) / most if most else 0.0
    if low is not None and number < low:
        return max(-1.0, -0.35 - 0.65 * (low - number) / low) if low > 0 else -1.0
    if high is not None and number > high:
        return min(1.0, 0.35 + 0.65 * (number - high) / (2 * high)) if high > 0 else 1.0
    return 0.0


def _scale(look: Look, banded: bool) -> list[list[float | str]]:
    ink = inks(look.theme)
    return [[0, ink.bad], [0.5, ink.card], [1, ink.attention]] if banded else [[0, ink.card], [0.5, ink.card], [1, ink.last_year]]


def _alt(look: Look, label: Message, known: Sequence[float], low: float | None, high: float | None, cells: int) -> str:
    return look.say(
        message(
            "{label}: {n_cells} cells, {n_short} below the band, {n_long} above, {n_unknown} unknown.",
            label=label,
            n_cells=cells,
            n_short=sum(low is not None and value < low for value in known),
            n_long=sum(high is not None and value > high for value in known),
            n_unknown=cells - len(known),
        )
    )
