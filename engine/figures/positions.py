"""Where a position goes day by day, and what lies in the channel month by month."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.figures.drawn_once import drawn_once
from engine.figures.notation import SMALL_SIZE, Drawn, Look, axis, drawing, framed, harmless, inks, note, nothing
from engine.language import month_ticks, nice_ticks
from engine.messages import Message, message

MOST_TICKS = 7


@drawn_once
def projection(frame: pl.DataFrame, look: Look, *, label: Message, height: int = 320) -> Drawn:
    """Stock of one position on the coming working days: `day`, `on_hand` (nothing more is ordered), `with_order`, `low_qty`, `ico_qty`.

    The strip reaches from the reorder point to the objective; the days without stock are marked on the axis.
    """
    if frame.is_empty():
        return nothing(look)
    ink, days = inks(look.theme), list(range(frame.height))
    without, ordered = frame["on_hand"].to_list(), frame["with_order"].to_list()
    low, high = float(frame["low_qty"][0]), float(frame["ico_qty"][0])
    ticks = nice_ticks(0.0, max(high, *without, *ordered), "qty", look.language, look.currency)
    texts = [look.number(day, "date") for day in frame["day"]]
    hover = [
        f"<b>{text}</b><br>{look.say(message('Without an order'))} {harmless(look.number(bare, 'qty'))}<br>"
        f"{look.say(message('With the suggested order'))} {harmless(look.number(kept, 'qty'))}"
        for text, bare, kept in zip(texts, without, ordered, strict=True)
    ]
    line: dict[str, Any] = {"type": "scatter", "mode": "lines+markers", "x": days, "hoverinfo": "text", "hovertext": hover, "cliponaxis": False}
    bare = line | {"y": without, "name": look.say(message("Without an order")), "line": {"color": ink.actual, "width": 2.5}, "marker": {"size": 5}}
    kept = line | {"y": ordered, "name": look.say(message("With the suggested order")), "line": {"color": ink.scenario, "width": 2, "dash": "dash"}}
    empty = [day for day, value in zip(days, without, strict=True) if value <= 0]
    gone: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": empty,
        "y": [0.0] * len(empty),
        "name": look.say(message("Out of stock now")),
        "hoverinfo": "skip",
    }
    gone |= {"marker": {"symbol": "x", "size": 10, "color": ink.critical}, "cliponaxis": False}
    strip = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "fillcolor": ink.band, "line": {"width": 0}, "layer": "below"}
    words = [
        note(look.say(message("Objective {qty}", qty=high)), 1, high, ink.quiet, xref="paper", xanchor="right", yanchor="bottom"),
        note(look.say(message("Reorder point {qty}", qty=low)), 1, low, ink.quiet, xref="paper", xanchor="right", yanchor="bottom"),
    ]
    step = -(-frame.height // MOST_TICKS)
    across = axis(look, tickmode="array", tickvals=days[::step], ticktext=texts[::step], range=[-0.3, len(days) - 0.7])
    up = axis(look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=list(ticks.texts), range=[0, ticks.values[-1] * 1.06])
    layout = framed(look, height, legend=True, xaxis=across, yaxis=up, shapes=[strip], annotations=words)
    said = message("{label}: runs out after {n_days} working days without an order.", label=label, n_days=empty[0] if empty else len(days))
    calm = message("{label}: does not run out in the next {n_days} working days.", label=label, n_days=len(days) - 1)
    return Drawn(drawing([bare, kept, *([gone] if empty else [])], layout), look.say(said if empty else calm))


@drawn_once
def stacked(frame: pl.DataFrame, look: Look, *, names: Mapping[str, Message], unit: str, label: Message, height: int = 320) -> Drawn:
    """Parts of a whole month by month, one upon the other: `month`, `part` (a key of names, which gives the order from below), `value`, and
    `estimated` (how much of the value is not known but estimated: it is hatched)."""
    frame = frame.drop_nulls("value")
    if frame.is_empty():
        return nothing(look)
    ink = inks(look.theme)
    months = sorted(frame["month"].unique().to_list())
    places = {month: place for place, month in enumerate(months)}
    parts = [name for name in names if name in set(frame["part"])]
    totals = dict(frame.group_by("month").agg(pl.col("value").sum()).iter_rows())
    traces: list[dict[str, Any]] = []
    for number, part in enumerate(parts):
        rows = frame.filter(pl.col("part") == part).sort("month")
        x, known = [places[month] for month in rows["month"]], [value - guess for value, guess in rows.select("value", "estimated").iter_rows()]
        said = look.say(names[part])
        hover = [f"{said}<br><b>{harmless(look.number(value, unit))}</b>" for value in rows["value"]]
        color = (ink.actual, ink.scenario, *ink.categories)[number]
        bar = {"type": "bar", "x": x, "width": 0.62, "hoverinfo": "text", "hovertext": hover, "name": said, "legendgroup": part}
        traces.append(bar | {"y": known, "marker": {"color": color}})
        if rows["estimated"].sum() > 0:
            pattern = {"shape": "/", "fgcolor": color, "bgcolor": ink.card, "size": 5, "solidity": 0.4}
            traces.append(bar | {"y": rows["estimated"].to_list(), "marker": {"color": ink.card, "pattern": pattern}, "showlegend": False})
    ticks = nice_ticks(0.0, max(totals.values()), unit, look.language, look.currency)
    shown, texts = month_ticks(months, look.language)
    across = axis(look, tickmode="array", tickvals=[places[month] for month in shown], ticktext=list(texts), range=[-0.6, len(months) - 0.4])
    up = axis(
        look, grid=True, tickmode="array", tickvals=list(ticks.values), ticktext=[harmless(text) for text in ticks.texts], range=[0, ticks.values[-1] * 1.04]
    )
    sums = [
        note(f"<b>{harmless(look.number(totals[month], unit))}</b>", places[month], totals[month], ink.text, yanchor="bottom", yshift=2)
        for month in (months[0], months[-1])
    ]
    layout = framed(look, height, legend=True, barmode="stack", xaxis=across, yaxis=up, annotations=sums)
    layout["legend"] = layout["legend"] | {"font": {"size": SMALL_SIZE, "color": ink.quiet}, "traceorder": "normal"}
    alt = message(
        "{label}, {first_month} to {last_month}: from {first_number} to {last_number}.",
        label=label, first_month=months[0], last_month=months[-1], first_number=look.number(totals[months[0]], unit),
        last_number=look.number(totals[months[-1]], unit),
    )  # fmt: skip
    return Drawn(drawing(traces, layout), look.say(alt))
