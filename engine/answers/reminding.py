"""Reminders: which deadlines are near or have passed, whose they are, and on which page they are dealt with."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from engine.answers import contacts
from engine.answers.answer import Answer, Column
from engine.answers.deadlines import GATHERED, deadlines
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.reminders import Reminder, due, for_person
from engine.scope import Scope
from engine.selection import Selection
from engine.settings import Settings

RULES: dict[str, Message] = {
    "clearance": message("Clearance"),
    "credit_review": message("Credit review"),
    "complaint": message("Complaint"),
    "action": message("Agreed action"),
    "stock_report": message("Stock report"),
    "stage": message("Stage of the meeting"),
}
"""Rule -> what is shown for it."""
NEEDS = {"credit_review": "credit_terms", "complaint": "complaints", "stock_report": "stock"}
"""Rule -> the input table that it is gathered from; the others are kept as records."""
COLUMNS = (
    Column("rule", message("Reminder"), "message"),
    Column("what", message("What is to be done"), "message"),
    Column("owner", message("Who"), "text"),
    Column("due_on", message("Until"), "date"),
    Column("days_late", message("Days late"), "count", "down"),
)
_SCHEMA: dict[str, Any] = {
    "rule": pl.String, "what": pl.String, "owner": pl.String, "due_on": pl.Date, "days_late": pl.Int64, "page": pl.String, "address": pl.String,
    "key": pl.String,
}  # fmt: skip


def reminders(warehouse: object, selection: Selection, scope: Scope, mine: bool = False, today: date | None = None) -> Answer:
    """What is due on a day (default: today), the longest overdue first. frame: COLUMNS (days_late: null while it lies ahead).

    mine: only what is theirs: what they own by name, and what nobody owns and their role deals with. extra: `places` (page, address as JSON, key),
    the same rows in the same order.
    """
    answer: Answer = _reminders(warehouse, selection, scope, scope.who if mine else "", today or date.today())
    return answer


@remembered
def _reminders(source: Source, selection: Selection, scope: Scope, name: str, today: date) -> Answer:
    found = due_for(source, scope, today)
    if name:
        found = of_person(found, name, scope, source.settings, contacts.everybody(str(source.home.path)))
    frame = pl.DataFrame([_row(one) for one in found], schema=_SCHEMA, orient="row")
    return Answer(
        name="reminders", headline=_headline(found), frame=frame.select(column.name for column in COLUMNS), columns=COLUMNS, version=source.version,
        missing=tuple(table for rule, table in NEEDS.items() if rule in GATHERED and not source.has(table)),
        extra={"places": frame.select("page", "address", "key")}, facts={"late_n": sum(one.days_late > 0 for one in found)}, scope=scope, selection=selection,
    )  # fmt: skip


def due_for(source: Source, scope: Scope, today: date) -> list[Reminder]:
    """Everything of which somebody who sees this scope is told on a day."""
    ahead = {rule: int(days) for rule, days in source.settings["remind_ahead"]}
    return due(deadlines(source, scope), today, ahead)


def of_person(found: Iterable[Reminder], name: str, scope: Scope, settings: Settings, everybody: Iterable[str]) -> list[Reminder]:
    """Of reminders within a scope those that are somebody's own."""
    return for_person(found, name, scope.roles, dict(settings["remind_roles"]), everybody)


def _row(one: Reminder) -> tuple[Any, ...]:
    said = one.deadline
    late = one.days_late if one.days_late > 0 else None
    return RULES[said.rule].to_json(), said.what.to_json(), said.owner or None, said.due_on, late, said.page, json.dumps(said.address), one.key


def _headline(found: list[Reminder]) -> Message:
    late = sum(one.days_late > 0 for one in found)
    if not found:
        return message("Nothing is due.")
    if late:
        return plural(
            "{n} deadline has passed, {n_ahead} lie ahead.", "{n} deadlines have passed, {n_ahead} lie ahead.", n=late, n_ahead=len(found) - late
        )  # fmt: skip
    return plural("{n} deadline lies ahead, none has passed.", "{n} deadlines lie ahead, none has passed.", n=len(found))
