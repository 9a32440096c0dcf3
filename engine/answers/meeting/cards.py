"""The decisions of a cycle as cards: the question, its options side by side, what each does to the plan, and what was chosen."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.meeting import cycles, register
from engine.answers.meeting.register import Kept
from engine.answers.meeting.what_if import CHANGES, OF_MEASURES
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import decisions as rules
from engine.sop.decisions import MEASURES

COLUMNS = (
    Column("number", message("No."), "count"),
    Column("question", message("Question"), "text"),
    Column("decision_state", message("State"), "text"),
    Column("option", message("Option"), "text"),
    Column("title", message("What is done"), "text"),
    Column("is_recommended", message("Recommended"), "flag"),
    Column("is_chosen", message("Chosen"), "flag"),
    *OF_MEASURES,
    *CHANGES,
)
BASE = "–"
"""The option that stands for the plan as it is."""


def decision_cards(warehouse: Any, selection: Selection, scope: Scope, month: str = "") -> Answer:
    """The options of every decision of a cycle, one row each (COLUMNS), with the plan as it is first (`option` = BASE); the decision with the nearest
    deadline first. month: `2025-11`, else the present cycle.

    facts: cards (one mapping a decision, in the same order: subject, id, number, question, state, recommended, brought_by, deadline, family, reason,
    options (name, title, assumptions), choice (option, owner, due_on, review_month, note, expected) or None, who), open, month.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _decision_cards(warehouse, selection, scope, month)
    return answer


@remembered
def _decision_cards(source: Source, selection: Selection, scope: Scope, month: str) -> Answer:
    which = cycles.month_of(month) if month else months_of(source, Selection()).first
    lines = {line.subject: line for line in register.lines(str(source.home.path), "decision", which)}
    order = rules.ordered([(subject, rules.card_of(line.said)) for subject, line in lines.items()])
    rows = [row for subject, _ in order for row in _rows(lines[subject])]
    cards = [_card(lines[subject]) for subject, _ in order]
    waiting = sum(card["state"] == rules.OPEN for card in cards)
    schema = {column.name: _KINDS.get(column.unit, pl.Float64) for column in COLUMNS[:7]} | dict.fromkeys((column.name for column in COLUMNS[7:]), pl.Float64())
    return Answer(
        name="decision_cards",
        headline=_headline(waiting, len(cards)),
        frame=pl.DataFrame(rows, schema=schema, orient="row"),
        columns=COLUMNS,
        version=source.version,
        facts={"cards": cards, "open": waiting, "month": which},
        scope=scope,
        selection=selection,
    )


_KINDS: dict[str, Any] = {"text": pl.String(), "flag": pl.Boolean(), "count": pl.Int64()}


def _rows(line: Kept) -> list[tuple[Any, ...]]:
    card, choice = rules.card_of(line.said), rules.choice_of(line.said)
    state = str(line.said.get("state", rules.OPEN))
    rows = [(line.number, card.question, state, BASE, None, None, None, *_values(card.base), *[None] * len(MEASURES))]
    for option in card.options:
        gaps = rules.differences(card, option)
        rows.append(
            (
                line.number, card.question, state, option.name, option.title, option.name == card.recommended,
                choice is not None and choice.option == option.name, *_values(option.effects), *(gaps.get(name) for name in MEASURES),
            )
        )  # fmt: skip
    return rows


def _values(effects: Mapping[str, float | None]) -> list[float | None]:
    return [None if effects.get(name) is None else float(effects[name] or 0.0) for name in MEASURES]


def _card(line: Kept) -> dict[str, Any]:
    card, choice = rules.card_of(line.said), rules.choice_of(line.said)
    chosen = None
    if choice is not None:
        chosen = {
            "option": choice.option, "owner": choice.owner, "due_on": choice.due_on, "review_month": choice.review_month, "note": choice.note,
            "expected": dict(choice.expected),
        }  # fmt: skip
    return {
        "subject": line.subject, "id": line.id, "number": line.number, "question": card.question, "state": str(line.said.get("state", rules.OPEN)),
        "recommended": card.recommended, "brought_by": card.brought_by, "deadline": card.deadline, "family": card.family,
        "reason": str(line.said.get("reason", "")), "who": line.who, "choice": chosen,
        "options": [{"name": each.name, "title": each.title, "assumptions": each.assumptions} for each in card.options],
    }  # fmt: skip


def _headline(waiting: int, count: int) -> Message:
    if not count:
        return message("Nothing was brought for decision.")
    if not waiting:
        return plural("{n} decision was brought; none waits.", "{n} decisions were brought; none waits.", n=count)
    return plural("{n} decision has to be taken.", "{n} decisions have to be taken.", n=waiting)
