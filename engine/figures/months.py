"""Months from left to right: columns for what flows, lines for what stands; a line parts what was from what is expected.

Both take one frame: `month` (date, first of the month) and any of `actual`, `last_year`, `plan`, `forecast`, `low`, `high`
(the forecast's interval), `scenario`; numbers or null (a month without a value is a gap, not a zero).
"""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import CLEAR, Drawn, Look, axis, drawing, framed, harmless, inks, note, nothing
from engine.language import month_text, month_ticks, nice_ticks
from engine.messages import Message, message

SERIES = ("last_year", "plan", "actual", "forecast", "scenario")
_Values = list[float | None]
_AS_USUAL: Mapping[str, Message] = MappingProxyType({})
LINE = 18
"""Pixels of a line of small text."""


def series_name(series: str) -> Message:
    """The word for a series."""
    return {
        "actual": message("Actual"),
        "last_year": message("Last year"),
        "plan": message("Plan"),
        "forecast": message("Forecast"),
        "scenario": message("Scenario"),
    }[series]


def _values(frame: pl.DataFrame, name: str) -> _Values:
    numbers = frame.get_column(name).cast(pl.Float64)
    return [number if number is not None and number == number and abs(number) != float("inf") else None for number in numbers]


class _Months:
    """A frame made ready: months in order, the series that hold any value, the axis and the hover texts."""

    def __init__(self, frame: pl.DataFrame, look: Look, unit: str, names: Mapping[str, Message] = _AS_USUAL) -> None:
        frame = frame.sort("month") if "month" in frame.columns else frame
        self.look, self.unit, self._names = look, unit, names
        self.months: list[date] = frame.get_column("month").to_list() if "month" in frame.columns else []
        drawn = {name: _values(frame, name) for name in (*SERIES, "low", "high") if name in frame.columns}
        self.series = {name: values for name, values in drawn.items() if any(value is not None for value in values)}
        self.empty = not self.months or not any(name in self.series for name in SERIES)

    def named(self, series: str) -> str:
        """The word for a series in this picture."""
        return self.look.say(self._names.get(series, series_name(series)))

    def values(self) -> list[float]:
        return [value for values in self.series.values() for value in values if value is not None]

    def hover(self) -> list[str]:
        """One text a month, shared by all its marks: every series in the order of reading."""
        order = [name for name in ("actual", "forecast", "scenario", "plan", "last_year") if name in self.series]
        texts = []
        for place, month in enumerate(self.months):
            lines = [f"<b>{month_text(month, self.look.language)}</b>"]
            for name in order:
                value = self.series[name][place]
                if value is not None:
                    lines.append(f"{self.named(name)} {harmless(self.look.number(value, self.unit))}")
            texts.append("<br>".join(lines))
        return texts

    def months_axis(self) -> dict[str, Any]:
        shown, texts = month_ticks(self.months, self.look.language)
        places = [self.months.index(month) for month in shown]
        return axis(self.look, tickmode="array", tickvals=places, ticktext=list(texts), range=[-0.6, len(self.months) - 0.4])

    def values_axis(self, from_zero: bool = True) -> dict[str, Any]:
        numbers = self.values()
        low, high = min(numbers), max(numbers)
        ticks = nice_ticks(min(0.0, low) if from_zero else low, max(0.0, high) if from_zero else high, self.unit, self.look.language, self.look.currency)
        texts = [harmless(text) for text in ticks.texts]
        return axis(self.look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=texts, range=[ticks.values[0], ticks.values[-1] * 1.02])

    def divider(self) -> list[dict[str, Any]]:
        """The line between the last actual and the first forecast month."""
        first = next((place for place, value in enumerate(self.series.get("forecast", [])) if value is not None), None)
        if first is None or first == 0:
            return []
        line = {"color": inks(self.look.theme).quiet, "width": 1, "dash": "dot"}
        return [{"type": "line", "x0": first - 0.5, "x1": first - 0.5, "y0": 0, "y1": 1, "yref": "paper", "line": line}]

    def alt(self, label: Message) -> str:
        """Name, span, latest and highest value, in one sentence."""
        name = next(name for name in ("actual", "forecast", "scenario", "plan", "last_year") if name in self.series)
        known = [(month, value) for month, value in zip(self.months, self.series[name], strict=True) if value is not None]
        last, most = known[-1], max(known, key=lambda pair: pair[1])
        return self.look.say(
            message(
                "{label}, {first_month} to {last_month}: last {last_number}, highest {most_number} in {most_month}.",
                label=label,
                first_month=known[0][0],
                last_month=last[0],
                last_number=self.look.number(last[1], self.unit),
                most_number=self.look.number(most[1], self.unit),
                most_month=most[0],
            )
        )


def _interval(ready: _Months) -> list[dict[str, Any]]:
    """The forecast's interval as a pale band."""
    lows, highs = ready.series.get("low", []), ready.series.get("high", [])
    known = [(place, low, high) for place, (low, high) in enumerate(zip(lows, highs, strict=False)) if low is not None and high is not None]
    if not known:
        return []
    corners = [(place, high) for place, _, high in known] + [(place, low) for place, low, _ in reversed(known)]
    line = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False, "name": "interval"}
    x, y = [place for place, _ in corners], [value for _, value in corners]
    return [line | {"x": x, "y": y, "fill": "toself", "fillcolor": inks(ready.look.theme).interval}]


def _column_ink(look: Look, series: str) -> dict[str, Any]:
    ink = inks(look.theme)
    return {
        "actual": {"color": ink.actual, "line": {"width": 0}},
        "last_year": {"color": ink.last_year, "line": {"width": 0}},
        "plan": {"color": CLEAR, "line": {"color": ink.plan, "width": 1.5}},
        "forecast": {
            "color": ink.card,
            "line": {"color": ink.forecast, "width": 1},
            "pattern": {"shape": "/", "fgcolor": ink.forecast, "bgcolor": ink.card, "size": 6, "solidity": 0.3},
        },
        "scenario": {"color": CLEAR, "line": {"color": ink.scenario, "width": 1.5}},
    }[series]


_OFFSETS = {"last_year": -0.42, "actual": -0.28, "forecast": -0.28, "plan": -0.14, "scenario": -0.14}
_WIDTH = 0.56


@drawn_once
def columns(frame: pl.DataFrame, look: Look, *, unit: str, label: Message, height: int = 300, names: Mapping[str, Message] = _AS_USUAL) -> Drawn:
    """What flows month by month, from zero: actual solid before last year (light), plan (outline) and forecast (hatched). names: other words for series."""
    ready = _Months(frame, look, unit, names)
    if ready.empty:
        return nothing(look)
    shared = {"type": "bar", "x": list(range(len(ready.months))), "width": _WIDTH, "hoverinfo": "text"}
    shared |= {"hovertext": ready.hover(), "customdata": [month.isoformat() for month in ready.months]}
    drawn = [name for name in SERIES if name in ready.series]
    traces = [shared | {"y": ready.series[name], "offset": _OFFSETS[name], "marker": _column_ink(look, name), "name": ready.named(name)} for name in drawn]
    layout = framed(
        look,
        height,
        legend=len(drawn) > 1,
        barmode="overlay",
        bargap=0,
        xaxis=ready.months_axis(),
        yaxis=ready.values_axis(),
        shapes=ready.divider(),
        annotations=_last_value(ready),
    )
    return Drawn(drawing([*traces, *_interval(ready)], layout), ready.alt(label))


def _last_value(ready: _Months) -> list[dict[str, Any]]:
    """The last actual value on its mark."""
    known = [(place, value) for place, value in enumerate(ready.series.get("actual", [])) if value is not None]
    if not known:
        return []
    place, value = known[-1]
    text = harmless(ready.look.number(value, ready.unit))
    return [note(f"<b>{text}</b>", place, max(value, 0), inks(ready.look.theme).text, yanchor="bottom", yshift=2)]


def _line_ink(look: Look, series: str) -> dict[str, Any]:
    ink = inks(look.theme)
    return {
        "actual": {"color": ink.actual, "width": 2.5},
        "last_year": {"color": ink.last_year, "width": 2},
        "plan": {"color": ink.plan, "width": 1},
        "forecast": {"color": ink.forecast, "width": 2, "dash": "dot"},
        "scenario": {"color": ink.scenario, "width": 2, "dash": "dash"},
    }[series]


@drawn_once
def trend(
    frame: pl.DataFrame,
    look: Look,
    *,
    unit: str,
    label: Message,
    band: tuple[float, float] | None = None,
    from_zero: bool = True,
    height: int = 260,
    names: Mapping[str, Message] = _AS_USUAL,
) -> Drawn:
    """What stands month by month, as lines named at their ends; `band` = (low, high) that is aimed at, as a pale strip.

    from_zero=False lets the axis begin elsewhere, and the figure then says so. names: other words for series.
    """
    ready = _Months(frame, look, unit, names)
    if ready.empty:
        return nothing(look)
    values_axis = ready.values_axis(from_zero)
    notes = _end_notes(ready, values_axis["range"], height)
    if values_axis["range"][0] > 0:
        said = look.say(message("The axis does not begin at zero."))
        notes.append(note(said, 0, 0, inks(look.theme).quiet, xref="paper", yref="paper", xanchor="left", yanchor="bottom"))
    over = _notes_above(ready)
    shapes, top = [*ready.divider(), *_strip(look, band)], 8 + LINE * max((each["text"].count("<br>") + 1 for each in over), default=0)
    layout = framed(look, height, right=88, top=top, xaxis=ready.months_axis(), yaxis=values_axis, shapes=shapes, annotations=[*notes, *over])
    return Drawn(drawing([*_interval(ready), *_lines(ready), *_last_mark(ready)], layout), ready.alt(label))


def _notes_above(ready: _Months) -> list[dict[str, Any]]:
    """Name and last value of each line that stops before the edge: above the picture, over its end, because the other lines run on below."""
    edge = len(ready.months) - 1
    ends: dict[int, list[str]] = {}
    for name, (place, value) in _last(ready).items():
        if place != edge:
            ends.setdefault(place, []).append(f"{ready.named(name)} <b>{harmless(ready.look.number(value, ready.unit))}</b>")
    color = inks(ready.look.theme).actual
    side = {place: "right" if place > edge / 4 else "left" for place in ends}
    return [note("<br>".join(texts), place, 1, color, yref="paper", xanchor=side[place], yanchor="bottom") for place, texts in ends.items()]


def _last(ready: _Months) -> dict[str, tuple[int, float]]:
    """Series -> place and value of its last month that has one."""
    return {name: next((p, v) for p, v in reversed(list(enumerate(ready.series[name]))) if v is not None) for name in SERIES if name in ready.series}


def _lines(ready: _Months) -> list[dict[str, Any]]:
    ink = inks(ready.look.theme)
    shared = {"type": "scatter", "x": list(range(len(ready.months))), "hoverinfo": "text", "hovertext": ready.hover(), "connectgaps": False}
    shared |= {"customdata": [month.isoformat() for month in ready.months]}
    hollow = {"size": 6, "color": ink.card, "line": {"color": ink.plan, "width": 1}}
    return [
        shared
        | {
            "y": ready.series[name],
            "mode": "lines+markers" if name == "plan" or len(ready.months) < 3 else "lines",
            "line": _line_ink(ready.look, name),
            "marker": hollow if name == "plan" else {"size": 5},
            "name": ready.named(name),
        }
        for name in SERIES
        if name in ready.series
    ]


def _last_mark(ready: _Months) -> list[dict[str, Any]]:
    known = [(place, value) for place, value in enumerate(ready.series.get("actual", [])) if value is not None]
    mark = {"type": "scatter", "mode": "markers", "marker": {"size": 8, "color": inks(ready.look.theme).actual}, "hoverinfo": "skip", "name": "last"}
    return [mark | {"x": [place], "y": [value]} for place, value in known[-1:]]


def _strip(look: Look, band: tuple[float, float] | None) -> list[dict[str, Any]]:
    if band is None:
        return []
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": band[0],
            "y1": band[1],
            "fillcolor": inks(look.theme).band,
            "line": {"width": 0},
            "layer": "below",
            "name": "band",
        }
    ]


def _end_notes(ready: _Months, span: Sequence[float], height: int) -> list[dict[str, Any]]:
    """Name and last value of each line that reaches the right edge: beside it, moved apart so that none covers another."""
    last = _last(ready)
    edge = len(ready.months) - 1
    reaching = sorted((value, name) for name, (place, value) in last.items() if place == edge)
    gap = (span[1] - span[0]) * 40 / max(height, 1)
    levels = itertools.accumulate((value for value, _ in reaching), lambda below, value: max(value, below + gap))
    return [_end_note(ready, name, last[name], level, xanchor="left", xshift=8, align="left") for level, (_, name) in zip(levels, reaching, strict=True)]


def _end_note(ready: _Months, name: str, end: tuple[int, float], level: float, **more: Any) -> dict[str, Any]:
    color = inks(ready.look.theme).quiet if name == "last_year" else _line_ink(ready.look, name)["color"]
    text = f"{ready.named(name)}<br><b>{harmless(ready.look.number(end[1], ready.unit))}</b>"
    return note(text, end[0], level, color, **more)
