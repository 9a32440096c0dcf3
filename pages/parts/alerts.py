"""What needs attention: a bar of money, the sentence, and the way to the page where it is dealt with."""

from collections.abc import Sequence

import streamlit as st

from engine.answers import forms
from engine.answers.answer import Alert, Answer
from engine.figures import inks
from engine.messages import message
from pages.parts import rooms, text
from pages.parts.frame import address
from pages.parts.view import View

WIDEST = 100


def alerts(view: View, found: Sequence[Alert]) -> None:
    """One line an alert, in the given order; the longest bar is the largest money."""
    if not found:
        text.prose(view.say(message("Nothing needs attention.")))
        return
    most = max((alert.money or 0.0 for alert in found), default=0.0)
    ink = inks("dark" if view.dark else "light")
    for place, alert in enumerate(found):
        color = ink.critical if alert.severity == "critical" else ink.attention
        share = int(WIDEST * (alert.money or 0.0) / most) if most else 0
        bar_side, money_side, link_side = st.columns([1.2, 0.8, 7], vertical_alignment="center", gap="small")
        bar_side.html(f'<div class="gr-bar" style="width:{max(share, 1)}%;background:{color}"></div>')
        money_side.html(f'<div class="gr-money">{text.escaped(view.text(alert.money, "money", compact=True)) if alert.money is not None else ""}</div>')
        with link_side:
            lead(view, alert, place)


def freshness(view: View, answer: Answer) -> None:
    """Up to which day each kind of data reaches."""
    labels = forms.labels(view.language)
    days = [(labels[what], day) for what, day in answer.facts.get("last_days", {}).items() if day is not None and what in labels]
    if days:
        text.small(view.say(message("Data up to")), *(f"{what} {view.text(day, 'date')}" for what, day in days))


def lead(view: View, alert: Alert, place: int) -> None:
    """The sentence as a link that carries what it is about."""
    page = rooms.page_named(alert.page)
    changes: dict[str, list[str]] = {}
    for name, value in alert.address:
        changes.setdefault(name, []).append(value)
    said = f"{text.label(view.say(alert.said))} → {text.label(view.say(page.title))}"
    st.page_link(page.file, label=said, query_params=address.link(changes))
