"""A picture for a wall: the same figure with larger letters and thicker lines, to be read from five metres."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from engine.figures.notation import Drawn

TIMES = 2.0
_SIZED = ("font", "tickfont", "textfont")


def enlarged(drawn: Drawn, times: float = TIMES, height: int | None = None) -> Drawn:
    """Every letter `times` as large, lines and marks a little thicker; height in pixels, else as it was."""
    if drawn.figure is None:
        return drawn
    spec = _grown(drawn.figure.to_dict(), times)
    layout = dict(spec["layout"])
    margin = {side: (value * times if side != "pad" else value) for side, value in (layout.get("margin") or {}).items()}
    layout |= {"margin": margin} | ({"height": height} if height is not None else {})
    return replace(drawn, figure=go.Figure(data=spec["data"], layout=layout, _validate=False))


def _grown(part: Any, times: float, inside: str = "") -> Any:
    if isinstance(part, dict):
        return {name: _sized(name, value, times, inside) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_grown(each, times, inside) for each in part]
    return part


def _sized(name: str, value: Any, times: float, inside: str) -> Any:
    if name == "size" and inside in _SIZED and isinstance(value, int | float):
        return value * times
    if name == "width" and inside == "line" and isinstance(value, int | float):
        return value * 1.3
    return _grown(value, times, name)
