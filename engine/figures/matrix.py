"""A matrix of cells, tinted only where a value lies outside its band; without a band by size."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text
from engine.messages import Message, message

ROW = 30


@drawn_once
def matrix(
    frame: pl.DataFrame, look: Look, *, rows: str, across: str, value: str, unit: str, label: Message, low: float | None = None, high: float | None = None,
    pick: bool = False, picked: tuple[str, str] | None = None,
) -> Drawn:  # fmt: skip
    """One cell for each (`rows`, `across`), in the order in which both first appear; `value` is written in the cell.

    With low and high: below the band vermillion, above it amber, within it untinted. An absent or null cell is `?`. pick: a click on a cell selects it
    (customdata: its row and head); picked: the cell that is framed.
    """
    if frame.is_empty():
        return nothing(look)
    names, heads = list(dict.fromkeys(frame.get_column(rows))), list(dict.fromkeys(frame.get_column(across)))
    cells = {(row, head): number for row, head, number in frame.select(rows, across, value).iter_rows() if number is not None and number == number}
    table = [[cells.get((row, head)) for head in heads] for row in names]
    known = [number for line in table for number in line if number is not None]
    most = max((abs(number) for number in known), default=0.0)
    tints = [[_tint(number, most, low, high) for number in line] for line in table]
    hover = [
        [f"{plain_text(row)} · {plain_text(head)}<br><b>{harmless(look.number(cells.get((row, head)), unit, compact=False))}</b>" for head in heads]
        for row in names
    ]
    heat = {"type": "heatmap", "z": tints, "x": list(range(len(heads))), "y": list(range(len(names))), "zmin": -1, "zmax": 1, "showscale": False}
    heat |= {"colorscale": _scale(look, low is not None or high is not None), "xgap": 2, "ygap": 2, "hovertext": hover, "hoverinfo": "text"}
    heat |= {"text": [[harmless(look.number(number, unit)) for number in line] for line in table], "texttemplate": "%{text}", "textfont": {"size": 12}}
    traces = [heat]
    if pick:
        traces = [heat | {"hoverinfo": "skip"}, _handles(names, heads, hover)]
    short, wide = [plain_text(head, 14) for head in heads], [-0.5, len(heads) - 0.5]
    top = axis(look, tickmode="array", tickvals=list(range(len(heads))), ticktext=short, side="top", range=wide)
    side = axis(look, tickmode="array", tickvals=list(range(len(names))), ticktext=[plain_text(row, 26) for row in names], range=[len(names) - 0.5, -0.5])
    frames = [_frame(look, row, head) for row, name in enumerate(names) for head, title in enumerate(heads) if picked == (name, title)]
    figure = drawing(traces, framed(look, 48 + ROW * len(names), xaxis=top, yaxis=side, hoverdistance=-1 if pick else 20, shapes=frames))
    return Drawn(figure, _alt(look, label, known, low, high, len(names) * len(heads)))


def _frame(look: Look, row: int, head: int) -> dict[str, Any]:
    """A line around one cell."""
    return {"type": "rect", "x0": head - 0.5, "x1": head + 0.5, "y0": row - 0.5, "y1": row + 0.5, "line": {"color": inks(look.theme).text, "width": 2}}


def _handles(names: Sequence[object], heads: Sequence[object], hover: Sequence[Sequence[str]]) -> dict[str, Any]:
    """A mark that nobody sees in the middle of each cell, to be clicked: heat maps select nothing. Without a bound to the distance of a click, the whole
    cell belongs to its mark: of a grid of equal cells the nearest middle is one's own."""
    cells = [(row, head) for row in range(len(names)) for head in range(len(heads))]
    keys = [[str(names[row]), str(heads[head])] for row, head in cells]
    return {
        "type": "scatter", "mode": "markers", "x": [head for _, head in cells], "y": [row for row, _ in cells], "customdata": keys,
        "hovertext": [hover[row][head] for row, head in cells], "hoverinfo": "text", "cliponaxis": False,
        "marker": {"symbol": "square", "size": ROW - 4, "color": CLEAR},
    }  # fmt: skip


def _tint(number: float | None, most: float, low: float | None, high: float | None) -> float:
    """-1 far below the band … 0 within … 1 far above; without a band 0 … 1 by size, of which `most` is 1. Unknown cells are untinted."""
    if number is None:
        return 0.0
    if low is None and high is None:
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
