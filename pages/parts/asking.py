"""Answers, remembered by what was asked: question, home, version, selection, scope, settings and records. Never by a frame.

What is remembered is the same for all, never a copy: nobody changes it, and a copy of the choices would cost every rerun.
"""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import served
from engine.answers.answer import Answer
from engine.answers.ledger import Difference, differences
from engine.errors import NothingServed
from engine.messages import message
from engine.scope import Scope
from engine.selection import Selection


def answer(question: str, home: str, version: int | None, selection: Selection, scope: Scope, details: tuple[Any, ...] = ()) -> Answer:
    """The answer to a named question. Raises NothingServed where no version is published, NotKept where the records cannot be read."""
    if version is None:
        raise NothingServed(message("Nothing has been loaded yet."))
    return _answer(question, home, version, selection, scope, details, served.stamp(home))


@st.cache_resource(max_entries=400, show_spinner=False)
def _answer(question: str, home: str, version: int, selection: Selection, scope: Scope, details: tuple[Any, ...], stamp: str) -> Answer:
    return served.answer(question, home, version, selection, scope, details)


@st.cache_resource(max_entries=20, show_spinner=False)
def clearance_proposals(home: str, version: int, selection: Selection, scope: Scope, stamp: str) -> pl.DataFrame:
    """The dead stock that is not on the list of clearance."""
    return served.clearance_proposals(home, version, selection, scope)


def stamp(home: str) -> str:
    """What answers depend on beside version and question: settings in force and the newest record."""
    return served.stamp(home)


@st.cache_resource(max_entries=20, show_spinner=False)
def choices(home: str, version: int, scope: Scope) -> served.Choices:
    """What there is to choose from in a version: days, goods, places, dealers."""
    return served.choices(home, version, scope)


@st.cache_resource(max_entries=50, show_spinner=False)
def ledger(home: str, version: int, scope: Scope, totals: tuple[tuple[str, date, float], ...]) -> tuple[Difference, ...]:
    """The totals of the ledger beside our figures of a version."""
    return differences(home, totals, scope)
