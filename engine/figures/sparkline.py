"""A line as small as a word: twelve or more months, the last one marked. An SVG: six of them are a row of tiles, and Plotly
would cost a page more than all else on it."""

import html
from collections.abc import Sequence
from datetime import date

from engine.figures.notation import Look, inks
from engine.messages import Message, message

WIDE, HIGH, MARGIN = 240.0, 36.0, 4.0


def sparkline(
    series: Sequence[tuple[date, float | None]], look: Look, *, unit: str, label: Message, span: tuple[float, float] | None = None
) -> tuple[str, str]:
    """`series` = (month, value or None), gaps left open. Returns (SVG, the sentence that says the same); two empty texts where
    fewer than two months are known. span: (low, high) of the scale, to be given where several are to be compared; else its own.
    """
    known = [(month, value) for month, value in series if value is not None]
    if len(known) < 2:
        return "", ""
    values = [value for _, value in known]
    low, high = span if span is not None else (min(values), max(values))
    reach = (high - low) or 1.0
    flat = high == low

    def point(place: int, value: float) -> tuple[float, float]:
        x = MARGIN + (WIDE - 2 * MARGIN) * place / max(len(series) - 1, 1)
        y = HIGH / 2 if flat else HIGH - MARGIN - (HIGH - 2 * MARGIN) * min(max((value - low) / reach, 0.0), 1.0)
        return x, y

    strokes: list[list[tuple[float, float]]] = [[]]
    for place, (_, value) in enumerate(series):
        if value is None:
            strokes.append([])
        else:
            strokes[-1].append(point(place, value))
    ink = inks(look.theme)
    lines = "".join(_line(stroke, ink.actual) for stroke in strokes if stroke)
    x, y = max(stroke[-1] for stroke in strokes if stroke)
    said = look.say(
        message(
            "{label}: {first_number} in {first_month}, {last_number} in {last_month}.",
            label=label, first_number=look.number(values[0], unit), first_month=known[0][0],
            last_number=look.number(values[-1], unit), last_month=known[-1][0],
        )
    )  # fmt: skip
    title = html.escape(said)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_mark(WIDE)} {_mark(HIGH)}" preserveAspectRatio="xMinYMid meet" role="img">'
        f'<title>{title}</title>{lines}<circle cx="{_mark(x)}" cy="{_mark(y)}" r="3" fill="{ink.accent}"/></svg>'
    )
    return svg, said


def _line(stroke: Sequence[tuple[float, float]], color: str) -> str:
    """One unbroken run of months; a single month is a dot."""
    if len(stroke) == 1:
        return f'<circle cx="{_mark(stroke[0][0])}" cy="{_mark(stroke[0][1])}" r="1.2" fill="{color}"/>'
    points = " ".join(f"{_mark(x)},{_mark(y)}" for x, y in stroke)
    return f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.5" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'


def _mark(number: float) -> str:
    return str(int(number * 10 + 0.5) / 10)
