"""The head of an answer: its sentence, and small below it what it is about: period, day of the stock, comparison, choice."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from engine.answers.answer import Answer
from engine.messages import Message, message
from pages.parts import text
from pages.parts.view import View

COMPARED: dict[str, Message] = {"last_year": message("compared with last year"), "previous": message("compared with the period before")}


def opening(view: View, answer: Answer) -> None:
    """Headline and the line below it."""
    parts = []
    if answer.first and answer.last:
        parts.append(view.say(message("sales {first_on} – {last_on}", first_on=answer.first, last_on=answer.last)))
    if answer.as_of:
        said = message("stock as of {as_of_on}", as_of_on=answer.as_of) if answer.tiles else message("data up to {as_of_on}", as_of_on=answer.as_of)
        parts.append(view.say(said))
    if answer.tiles and view.selection.compare in COMPARED:
        parts.append(view.say(COMPARED[view.selection.compare]))
    text.headline(view.say(answer.headline), *parts, view.filters)


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
