"""Rows with bars: money at risk, and bullets against a band."""

from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, nothing, plain_text, wrapped
from engine.messages import Message, message

ROW = 34


def _texts(frame: pl.DataFrame, name: str) -> list[Any]:
    return frame.get_column(name).to_list() if name in frame.columns else [None] * frame.height


def _rows_axis(look: Look, labels: list[str]) -> dict[str, Any]:
    """Rows from top to bottom, their names at the left; names may repeat, so rows stand on numbers."""
    font = {"size": 13, "color": inks(look.theme).text}
    return axis(look, tickmode="array", tickvals=list(range(len(labels))), ticktext=[wrapped(label) for label in labels], range=[len(labels) - 0.5, -0.5]) | {
        "tickfont": font
    }


@drawn_once
def risk_bars(frame: pl.DataFrame, look: Look, *, label: Message, unit: str = "money", most: int = 10) -> Drawn:
    """Money (or another unit) by row, largest first: `label`, `value`; optional `severity` (attention | critical), `key`.

    Rows beyond `most` are left to the table; rows without a value are not drawn.
    """
    known = frame.filter(pl.col("value").is_not_null() & pl.col("value").is_finite()) if "value" in frame.columns else frame.clear()
    known = known.sort("value", descending=True, maintain_order=True).head(most)
    if known.is_empty():
        return nothing(look)
    ink = inks(look.theme)
    values = [float(value) for value in known.get_column("value")]
    labels = [str(text) for text in known.get_column("label")]
    colors = [{"attention": ink.attention, "critical": ink.critical}.get(severity, ink.actual) for severity in _texts(known, "severity")]
    texts = [harmless(look.number(value, unit)) for value in values]
    full = [harmless(look.number(value, unit, compact=False)) for value in values]
    bar = {"type": "bar", "orientation": "h", "x": values, "y": list(range(len(values))), "width": 0.56, "marker": {"color": colors}, "cliponaxis": False}
    bar |= {"text": texts, "textposition": "outside", "textfont": {"color": ink.text}, "hoverinfo": "text"}
    bar |= {"hovertext": [f"{plain_text(label)}<br><b>{text}</b>" for label, text in zip(labels, full, strict=True)]}
    bar |= {"customdata": _texts(known, "key") if "key" in known.columns else labels}
    across = axis(look, showticklabels=False, range=[min(0.0, *values), max(0.0, *values) * 1.02 or 1.0])
    figure = drawing([bar], framed(look, 24 + ROW * known.height, right=72, xaxis=across, yaxis=_rows_axis(look, labels)))
    alt = message(
        "{label}: the largest is {name} with {most_number}; {n} rows are shown.",
        label=label,
        name=labels[0],
        most_number=look.number(values[0], unit),
        n=len(values),
    )
    return Drawn(figure, look.say(alt))


@drawn_once
def bullets(frame: pl.DataFrame, look: Look, *, label: Message, low: float, high: float, unit: str = "days", most: int = 20) -> Drawn:
    """Days of supply (or another unit) by row against the band that is aimed at: `label`, `value`; optional `last_year`
    (a stroke across the bar), `low` and `high` (the row's own band), `censored` (at least that much), `key`.

    The order of the frame is kept. A bar longer than the picture ends in an arrow; an unknown value is `?`.
    """
    if frame.is_empty() or "value" not in frame.columns:
        return nothing(look)
    shown = frame.head(most)
    values = [float(value) if value is not None and value == value and abs(value) != float("inf") else None for value in shown.get_column("value")]
    labels = [str(text) for text in shown.get_column("label")]
    bands = [
        (low if own is None else float(own), high if top is None else float(top)) for own, top in zip(_texts(shown, "low"), _texts(shown, "high"), strict=True)
    ]
    longest = max((value for value in values if value is not None), default=0.0)
    limit = max(2 * max(top for _, top in bands), min(longest, 3 * high), 1.0) * 1.02
    ink = inks(look.theme)
    words = [_against_band(value, band, look) for value, band in zip(values, bands, strict=True)]
    hover = [_bullet_hover(look, unit, text, value, band, word) for text, value, band, word in zip(labels, values, bands, words, strict=True)]
    rows = list(range(len(values)))
    row_bar = {"type": "bar", "orientation": "h", "y": rows}
    strip = {
        "width": 0.72,
        "marker": {"color": ink.band},
        "x": [top - least for least, top in bands],
        "base": [least for least, _ in bands],
        "hoverinfo": "skip",
    }
    bar = {"width": 0.3, "marker": {"color": ink.actual}, "x": [min(value, limit) if value is not None else 0 for value in values], "hoverinfo": "text"}
    bar |= {"hovertext": hover, "customdata": _texts(shown, "key") if "key" in shown.columns else labels}
    said = [_bullet_text(look, unit, value, word, bool(least), limit) for value, word, least in zip(values, words, _texts(shown, "censored"), strict=True)]
    fonts: dict[str, Any] = {"color": [ink.bad_text if word else ink.text for word in words], "size": SMALL_SIZE}
    text: dict[str, Any] = {"type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "skip", "textposition": "middle right", "textfont": fonts}
    text |= {"x": [limit] * len(rows), "y": rows, "text": said}
    across = axis(look, showticklabels=False, range=[min(0.0, *(value or 0.0 for value in values)), limit])
    layout = framed(look, 24 + ROW * len(rows), right=124, barmode="overlay", xaxis=across, yaxis=_rows_axis(look, labels))
    return Drawn(
        drawing([row_bar | strip, row_bar | bar, *_strokes(_texts(shown, "last_year"), limit, look), text], layout), _bullets_alt(look, label, values, bands)
    )


def _bullet_text(look: Look, unit: str, value: float | None, word: str, at_least: bool, limit: float) -> str:
    beyond = " →" if value is not None and value > limit else ""
    return f"<b>{'≥ ' if at_least else ''}{harmless(look.number(value, unit))}{beyond}</b> {word}".rstrip()


def _against_band(value: float | None, band: tuple[float, float], look: Look) -> str:
    if value is None or band[0] <= value <= band[1]:
        return ""
    return look.say(message("▼ short")) if value < band[0] else look.say(message("▲ long"))


def _bullet_hover(look: Look, unit: str, text: str, value: float | None, band: tuple[float, float], word: str) -> str:
    aimed = look.say(message("Band {low} to {high}", low=look.number(band[0], unit), high=look.number(band[1], unit)))
    return f"{plain_text(text)}<br><b>{harmless(look.number(value, unit))}</b> {word}<br>{aimed}"


def _strokes(marks: list[Any], limit: float, look: Look) -> list[dict[str, Any]]:
    """Last year as a stroke across each bar."""
    known = [(place, float(mark)) for place, mark in enumerate(marks) if mark is not None]
    ink = inks(look.theme).last_year
    stroke: dict[str, Any] = {"type": "scatter", "mode": "markers", "name": look.say(message("Last year")), "hoverinfo": "skip"}
    stroke |= {"marker": {"symbol": "line-ns-open", "size": 18, "color": ink, "line": {"width": 3, "color": ink}}}
    return [stroke | {"x": [min(mark, limit) for _, mark in known], "y": [place for place, _ in known]}] if known else []


def _bullets_alt(look: Look, label: Message, values: list[float | None], bands: list[tuple[float, float]]) -> str:
    pairs = [(value, band) for value, band in zip(values, bands, strict=True) if value is not None]
    return look.say(
        message(
            "{label}: {n_short} below the band, {n_within} within, {n_long} above, {n_unknown} unknown.",
            label=label,
            n_short=sum(value < band[0] for value, band in pairs),
            n_within=sum(band[0] <= value <= band[1] for value, band in pairs),
            n_long=sum(value > band[1] for value, band in pairs),
            n_unknown=len(values) - len(pairs),
        )
    )
