"""Everything that an answer gives to somebody, as bytes to be searched: figures, sentences, tables, workbook and text."""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from engine.answers.answer import Answer
from engine.answers.measured import Measured
from engine.documents.delimited import csv
from engine.documents.workbook import workbook
from engine.language import say
from engine.messages import Message
from tests.access.canary import unpacked

MADE = datetime(2025, 11, 1, tzinfo=UTC)


def of_answer(answer: Answer) -> bytes:
    """All of it but its scope, which names the person who asked."""
    parts = [
        said(answer.headline),
        *map(said, answer.notes),
        *(line for tile in answer.tiles for line in (repr(tile.value), repr(tile.series), repr(tile.why_unknown))),
    ]
    parts += [f"{said(alert.said)} {alert.money!r} {alert.address!r}" for alert in answer.alerts]
    parts += [of_value(value) for value in (answer.frame, answer.extra, answer.facts)]
    return "\n".join(parts).encode()


def of_documents(answer: Answer, who: str) -> bytes:
    """The workbook and the CSV that the page offers of it."""
    book = workbook(answer, "en", "CNY", who=who, filters="", made_at=MADE, version=answer.version)
    return unpacked(book) + csv(answer, "en", "CNY")


def said(message: Message) -> str:
    return f"{say(message, 'en', 'CNY')} {message.to_json()}"


def of_value(value: Any) -> str:
    """A fact as text, numbers in full."""
    if isinstance(value, pl.DataFrame):
        return "\n".join(repr(row) for row in value.iter_rows())
    if isinstance(value, dict):
        return "\n".join(f"{key} {of_value(part)}" for key, part in value.items())
    if isinstance(value, Measured):
        return " ".join((said(value.label), repr(value.value), *(said(part) for part in (value.how, value.why_unknown) if part is not None)))
    if isinstance(value, Message):
        return said(value)
    if isinstance(value, tuple | list | frozenset | set):
        return "\n".join(of_value(part) for part in value)
    return repr(value)
