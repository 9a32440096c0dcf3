"""The head of an answer: its sentence, and small below it what it is about: period, day of the stock, comparison, choice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import streamlit as st

from engine.answers.answer import Answer
from engine.messages import Message, message
from pages.parts import text
from pages.parts.view import View

COMPARED: dict[str, Message] = {"last_year": message("compared with last year"), "previous": message("compared with the period before")}


def opening(view: View, answer: Answer) -> None:
    """Headline and the line below it."""
    parts = []
    if answer.first and answer.last and answer.as_of and answer.first > answer.as_of:
        parts.append(view.say(message("months ahead: {first_month} – {last_month}", first_month=answer.first, last_month=answer.last)))
    elif answer.first and answer.last:
        parts.append(view.say(message("sales {first_on} – {last_on}", first_on=answer.first, last_on=answer.last)))
    if answer.as_of:
        parts.append(view.say(_day_of_the_stock(answer, answer.as_of)))
    if answer.tiles and view.selection.compare in COMPARED:
        parts.append(view.say(COMPARED[view.selection.compare]))
    text.headline(view.say(answer.headline), *parts, view.filters)


def _day_of_the_stock(answer: Answer, as_of: date) -> Message:
    """The day on which the stock was counted, where that is not the day that was asked for."""
    counted = answer.facts.get("counted_on")
    if answer.tiles and counted is not None and counted < as_of:
        return message("stock as counted on {counted_on}", counted_on=counted)
    return message("stock as of {as_of_on}", as_of_on=as_of) if answer.tiles else message("data up to {as_of_on}", as_of_on=as_of)


def notes(view: View, answer: Answer) -> None:
    """What one should know of the figures, small, at the end."""
    if answer.notes:
        text.heading(view.say(message("Notes")))
        text.lines([view.say(note) for note in answer.notes])


@contextmanager
def waiting(height: int = 640) -> Iterator[None]:
    """While an answer is made that nobody asked for before, its place is held, as high as it will be."""
    with st.skeleton(height):
        yield
