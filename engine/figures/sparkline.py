"""A line as small as a word: twelve or more months, the last one marked."""

from collections.abc import Sequence
from datetime import date

from engine.figures.notation import Drawn, Look, drawing, framed, harmless, inks, nothing
from engine.language import month_text
from engine.messages import Message, message


def sparkline(
    series: Sequence[tuple[date, float | None]], look: Look, *, unit: str, label: Message, span: tuple[float, float] | None = None, height: int = 40
) -> Drawn:
    """`series` = (month, value or None). span: (low, high) of the scale, to be given where several are to be compared; else its own."""
    known = [(place, month, value) for place, (month, value) in enumerate(series) if value is not None]
    if len(known) < 2:
        return nothing(look, message("There are too few months for a trend."))
    ink = inks(look.theme)
    place, _, last = known[-1]
    hover = [f"{month_text(month, look.language)} {harmless(look.number(value, unit))}" for month, value in series]
    line = {"type": "scatter", "mode": "lines", "x": list(range(len(series))), "y": [value for _, value in series], "connectgaps": False}
    line |= {"line": {"color": ink.actual, "width": 1.5}, "hovertext": hover, "hoverinfo": "text"}
    mark = {"type": "scatter", "mode": "markers", "x": [place], "y": [last], "marker": {"size": 6, "color": ink.accent}, "hoverinfo": "skip"}
    values = [value for _, _, value in known]
    low, high = span if span is not None else (min(values), max(values))
    margin = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    unseen = {"visible": False, "fixedrange": True}
    across, up = unseen | {"range": [-0.5, len(series) - 0.5]}, unseen | {"range": [low - margin, high + margin]}
    figure = drawing([line, mark], framed(look, height, left=2, right=6, top=4, xaxis=across, yaxis=up) | {"margin": {"l": 2, "r": 6, "t": 4, "b": 4}})
    alt = message(
        "{label}: {first_number} in {first_month}, {last_number} in {last_month}.",
        label=label,
        first_number=look.number(values[0], unit),
        first_month=known[0][1],
        last_number=look.number(last, unit),
        last_month=known[-1][1],
    )
    return Drawn(figure, look.say(alt))
