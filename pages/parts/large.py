"""Tables for a wall: words and figures in letters that grow with the page, differences in the colours of a variance, never hidden behind the pointer."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from engine.figures import ink_of_variance
from engine.language import variance
from pages.parts.charts import look
from pages.parts.text import escaped
from pages.parts.view import View


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. below: a smaller line under it, in the colour `ink` (none = quiet); is_number: it stands right."""

    shown: str
    below: str = ""
    ink: str = ""
    is_number: bool = True
    is_strong: bool = False


def words(shown: str, below: str = "", strong: bool = False) -> Cell:
    """A cell of words."""
    return Cell(shown, below, is_number=False, is_strong=strong)


def figure(view: View, value: float | None, unit: str, base: float | None = None, better: str | None = None) -> Cell:
    """A figure, and below it its difference to a base: sign, arrow and word, in the colour of a variance."""
    shown = view.text(value, unit, compact=True)
    if base is None or value is None:
        return Cell(shown)
    found = variance(value, base, unit, better, view.language, view.currency)
    ink = ink_of_variance(look(view), found.favourable, value > base, as_text=True)
    if found.favourable is None and found.arrow == "–":
        return Cell(shown, found.word, ink)
    return Cell(shown, f"{found.arrow} {found.text} {found.word}", ink)


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]], said: str = "") -> None:
    """A table of cells; the first cell of a row names it. said: what it is, for those who cannot see it."""
    numbers = [bool(rows) and rows[0][place].is_number for place in range(len(head))]
    top = "".join(f'<th class="{"gr-number" if is_number else "gr-word"}">{escaped(name)}</th>' for name, is_number in zip(head, numbers, strict=True))
    body = "".join("<tr>" + "".join(_cell(cell, place) for place, cell in enumerate(row)) + "</tr>" for row in rows)
    caption = f' aria-label="{escaped(said)}"' if said else ""
    st.html(f'<table class="gr-large"{caption}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>')


def _cell(cell: Cell, place: int) -> str:
    tag = "th" if place == 0 else "td"
    kind = ("gr-number" if cell.is_number else "gr-word") + (" gr-strong" if cell.is_strong else "")
    style = f' style="color:{cell.ink}"' if cell.ink else ""
    below = f'<span class="gr-below"{style}>{escaped(cell.below)}</span>' if cell.below else ""
    return f'<{tag} class="{kind}">{escaped(cell.shown)}{below}</{tag}>'
