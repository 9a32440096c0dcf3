"""Turns against margin: each bubble a product or line, its area the money in stock, curves of equal GMROII behind."""

import plotly.graph_objects as go
import polars as pl

from engine.figures.notation import MOST_CATEGORIES, Drawn, Look, axis, framed, harmless, inks, note, nothing, plain_text
from engine.language import formatted, nice_ticks
from engine.messages import Message, message

NAMED = 8
LARGEST_BUBBLE = 46


def turns_and_margin(frame: pl.DataFrame, look: Look, *, label: Message, curves: tuple[float, ...] = (1.0, 2.0, 4.0), height: int = 440) -> Drawn:
    """`label`, `turns` (a year), `margin_share` (0–1), `stock_value`; optional `group` (at most six colours, the rest grey), `key`.

    On a curve margin ÷ (1 − margin) × turns is the same GMROII. Rows without turns or margin cannot be placed; the sentence counts them.
    """
    placed = frame.filter(*(pl.col(name).is_not_null() & pl.col(name).is_finite() for name in ("turns", "margin_share"))) if not frame.is_empty() else frame
    if placed.is_empty():
        return nothing(look)
    placed = placed.with_columns(stock_value=pl.col("stock_value").fill_null(0.0).clip(lower_bound=0.0))
    placed = placed.sort("stock_value", descending=True, maintain_order=True)
    turns, margins = ([float(number) for number in placed.get_column(name)] for name in ("turns", "margin_share"))
    across = nice_ticks(0, max(1.0, *turns), "qty", look.language)
    up = nice_ticks(min(0.0, *margins), max(0.1, *margins), "share", look.language)
    figure = go.Figure(layout=framed(look, height, legend="group" in placed.columns, right=16))
    _curves(figure, look, curves, across.values[-1], up.values[-1])
    for name, color, rows in _groups(placed, look):
        _bubbles(figure, look, rows, name, color, float(placed.get_column("stock_value")[0]))
    largest = placed.row(0, named=True)
    for row in placed.head(NAMED).iter_rows(named=True):
        radius = LARGEST_BUBBLE / 2 * (row["stock_value"] / (largest["stock_value"] or 1.0)) ** 0.5
        name = plain_text(row["label"], 22)
        figure.add_annotation(note(name, row["turns"], row["margin_share"], inks(look.theme).text, yanchor="bottom", yshift=radius + 1))
    figure.update_layout(
        xaxis=axis(look, grid=True, tickmode="array", tickvals=list(across.values), ticktext=list(across.texts), range=[0, across.values[-1] * 1.04])
        | {"title": {"text": look.say(message("Turns a year"))}},
        yaxis=axis(look, grid=True, tickmode="array", tickvals=list(up.values), ticktext=list(up.texts), range=[up.values[0], up.values[-1] * 1.06])
        | {"title": {"text": look.say(message("Margin"))}},
    )
    alt = message(
        "{label}: {n_placed} placed, {n_unplaced} without turns or margin; largest stock {name}: {stock_money}, turns {turns_ratio}, margin {margin_share}.",
        label=label,
        n_placed=placed.height,
        n_unplaced=frame.height - placed.height,
        name=str(largest["label"]),
        stock_money=largest["stock_value"],
        turns_ratio=largest["turns"],
        margin_share=largest["margin_share"],
    )
    return Drawn(figure, look.say(alt))


def _curves(figure: go.Figure, look: Look, curves: tuple[float, ...], widest: float, highest: float) -> None:
    """margin = g ÷ (g + turns): the points at which a unit of money in stock earns g in a year."""
    ink = inks(look.theme)
    for gmroii in curves:
        turns = [widest * step / 60 for step in range(1, 61)]
        points = [(turn, gmroii / (gmroii + turn)) for turn in turns]
        shown = [(turn, margin) for turn, margin in points if margin <= highest]
        if not shown:
            continue
        figure.add_trace(
            go.Scatter(
                x=[turn for turn, _ in shown],
                y=[margin for _, margin in shown],
                mode="lines",
                line={"color": ink.last_year, "width": 1},
                hoverinfo="skip",
                showlegend=False,
            )
        )
        figure.add_annotation(
            note(f"GMROII {formatted(gmroii, 'qty', look.language)}", shown[-1][0], shown[-1][1], ink.quiet, xanchor="right", yanchor="bottom")
        )


def _groups(placed: pl.DataFrame, look: Look) -> list[tuple[str | None, str, pl.DataFrame]]:
    """Groups by their money in stock: six have a colour, the others share grey; without groups all are actual."""
    ink = inks(look.theme)
    if "group" not in placed.columns:
        return [(None, ink.actual, placed)]
    order = placed.group_by("group").agg(pl.col("stock_value").sum()).sort("stock_value", "group", descending=[True, False]).get_column("group").to_list()
    parts = [(str(name), ink.categories[place], placed.filter(pl.col("group").eq_missing(name))) for place, name in enumerate(order[:MOST_CATEGORIES])]
    rest = placed.filter(pl.col("group").is_in(order[MOST_CATEGORIES:], nulls_equal=True)) if len(order) > MOST_CATEGORIES else placed.clear()
    return [*parts, *([(look.say(message("Others")), ink.other, rest)] if not rest.is_empty() else [])]


def _bubbles(figure: go.Figure, look: Look, rows: pl.DataFrame, name: str | None, color: str, largest: float) -> None:
    hover = [
        f"<b>{plain_text(row['label'])}</b><br>"
        + harmless(
            look.say(
                message(
                    "Turns {turns_ratio} · margin {margin_share} · stock {stock_money}",
                    turns_ratio=row["turns"],
                    margin_share=row["margin_share"],
                    stock_money=row["stock_value"],
                )
            )
        )
        for row in rows.iter_rows(named=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=rows.get_column("turns").to_list(),
            y=rows.get_column("margin_share").to_list(),
            mode="markers",
            name=plain_text(name or "", 28),
            hovertext=hover,
            hoverinfo="text",
            customdata=rows.get_column("key" if "key" in rows.columns else "label").to_list(),
            marker={
                "size": rows.get_column("stock_value").to_list(),
                "sizemode": "area",
                "sizeref": 2 * max(largest, 1e-9) / LARGEST_BUBBLE**2,
                "sizemin": 3,
                "color": color,
                "opacity": 0.75,
                "line": {"color": inks(look.theme).card, "width": 1},
            },
        )
    )
