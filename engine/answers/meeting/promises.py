"""Decisions and actions over all cycles: what is open, late, done; and what was promised beside what happened."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.kpis import figures
from engine.answers.meeting import cycles, register
from engine.answers.meeting.register import Kept
from engine.answers.periods import end_of, last_day, months_before
from engine.answers.source import Source, remembered
from engine.kpis import BOOK
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import decisions as rules

KPI_OF = {"revenue": "net_sales", "margin": "gross_margin", "stock_value": "stock_value"}
"""Measure of a decision -> the KPI that tells what became of it."""
DECISIONS = (
    Column("cycle", message("Cycle"), "month"),
    Column("number", message("No."), "count"),
    Column("question", message("Question"), "text"),
    Column("decision_state", message("State"), "text"),
    Column("option", message("Choice"), "text"),
    Column("owner", message("Owner"), "text"),
    Column("due_on", message("Until"), "date"),
    Column("is_late", message("Late"), "flag"),
    Column("review_month", message("Looked at in"), "month"),
    Column("kept_share", message("Promises kept"), "share"),
    Column("decided_by", message("Decided by"), "text"),
    Column("decided_on", message("Decided on"), "date"),
)
PROMISES = (
    Column("cycle", message("Cycle"), "month"),
    Column("number", message("No."), "count"),
    Column("question", message("Question"), "text"),
    Column("review_month", message("Month"), "month"),
    Column("figure", message("Measure"), "message"),
    Column("expected_value", message("Promised"), "money"),
    Column("realised_value", message("Happened"), "money"),
    Column("gap_value", message("Difference"), "money"),
    Column("promise_verdict", message("Verdict"), "text"),
)
ACTIONS = (
    Column("cycle", message("Cycle"), "month"),
    Column("number", message("No."), "count"),
    Column("what", message("Action"), "text"),
    Column("owner", message("Owner"), "text"),
    Column("due_on", message("Until"), "date"),
    Column("state", message("State"), "text"),
    Column("is_late", message("Late"), "flag"),
    Column("days_late", message("Days late"), "days", "down"),
    Column("note", message("Note"), "text"),
)
_SCHEMAS: dict[str, Any] = {
    "month": pl.Date,
    "date": pl.Date,
    "count": pl.Int64,
    "flag": pl.Boolean,
    "share": pl.Float64,
    "money": pl.Float64,
    "days": pl.Float64,
}


def decisions(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every decision, the newest cycle first, with its choice, owner and how its promises turned out.

    extra: `promises` (PROMISES): one row a promised figure, with what happened in its month. facts: `late`, `open`, `hit_rate` (None = nothing is known
    yet), `subjects` (of the rows, in order).
    """
    cycles.of_the_company(scope)
    answer: Answer = _decisions(warehouse, selection, scope)
    return answer


@remembered
def _decisions(source: Source, selection: Selection, scope: Scope) -> Answer:
    home, today = str(source.home.path), date.today()
    lines = register.lines(home, "decision")
    done = {action.said.get("decision") for action in register.lines(home, "meeting_action") if action.said.get("state") == "done"}
    judged = {line.subject: _outcomes(source, scope, line) for line in lines}
    rows = [_decision(line, judged[line.subject], line.subject in done, today) for line in lines]
    frame = _framed(rows, DECISIONS).with_columns(pl.Series("subject", [line.subject for line in lines], dtype=pl.String))
    frame = frame.sort("cycle", "number", descending=[True, False])
    promises = _framed([row for line in lines for row in _promised(line, judged[line.subject])], PROMISES)
    waiting, late = frame.filter(pl.col("decision_state") == rules.OPEN).height, int(frame["is_late"].sum())
    return Answer(
        name="decisions",
        headline=_said_of_decisions(waiting, late, frame.height),
        frame=frame.drop("subject"),
        columns=DECISIONS,
        version=source.version,
        extra={"promises": promises.sort("cycle", "number", descending=[True, False])},
        facts={
            "open": waiting,
            "late": late,
            "subjects": frame["subject"].to_list(),
            "hit_rate": rules.hit_rate(each for found in judged.values() for each in found),
        },
        scope=scope,
        selection=selection,
    )


def _decision(line: Kept, found: tuple[rules.Outcome, ...], is_done: bool, today: date) -> tuple[Any, ...]:
    card, choice = rules.card_of(line.said), rules.choice_of(line.said)
    title = card.option(choice.option).title if choice else None
    state = str(line.said.get("state", rules.OPEN))
    return (
        line.month, line.number, card.question, state, title, choice.owner if choice else None, choice.due_on if choice else card.deadline,
        rules.is_late(choice, is_done, today), choice.review_month if choice else None, rules.hit_rate(found), line.who if choice else None,
        rules.day_of(line.said.get("decided_on")),
    )  # fmt: skip


def _promised(line: Kept, found: tuple[rules.Outcome, ...]) -> list[tuple[Any, ...]]:
    card, choice = rules.card_of(line.said), rules.choice_of(line.said)
    month = choice.review_month if choice else None
    return [
        (line.month, line.number, card.question, month, rules.MEASURES[each.measure][0].to_json(), each.expected, each.realised, each.gap, each.verdict)
        for each in found
    ]


def _outcomes(source: Source, scope: Scope, line: Kept) -> tuple[rules.Outcome, ...]:
    """What became of a decision's promises, of its family or of all."""
    choice, card = rules.choice_of(line.said), rules.card_of(line.said)
    if choice is None or choice.review_month is None or not choice.expected:
        return ()
    known = last_whole_month(source)
    seen = realised(source, scope, choice.review_month, card.family) if known is not None and choice.review_month <= known else {}
    return rules.outcomes(choice.expected, seen, choice.review_month, known, float(source.settings["promise_tolerance_share"]))


def last_whole_month(source: Source) -> date | None:
    """The last month that the sales reach to the end of; None without sales."""
    if "sales" not in source.days:
        return None
    last = last_day(source)
    month = last.replace(day=1)
    return month if last == end_of(month) else months_before(month, 1)


def realised(source: Source, scope: Scope, month: date, family: str = "") -> Mapping[str, float | None]:
    """What a month brought, of a family or of all: measure -> value; None where the data do not tell."""
    where = (("line_id", (family,)),) if family else ()
    asked = Selection(as_of=end_of(month), first=month, last=end_of(month), where=where)
    frame, _, _ = figures(source, tuple(BOOK[name] for name in KPI_OF.values()), asked, scope)
    values = frame.row(0, named=True) if frame.height else {}
    return {measure: values.get(name) for measure, name in KPI_OF.items()}


def actions(warehouse: object, selection: Selection, scope: Scope) -> Answer:
    """Every action of the meetings: late ones first, then what is due next, then what is done. facts: `open`, `late`, `done`, `subjects`, `ids`."""
    cycles.of_the_company(scope)
    answer: Answer = _actions(warehouse, selection, scope)
    return answer


@remembered
def _actions(source: Source, selection: Selection, scope: Scope) -> Answer:
    today, rows, marks = date.today(), [], []
    for line in register.lines(str(source.home.path), "meeting_action"):
        said, due = line.said, rules.day_of(line.said.get("due_on"))
        state = str(said.get("state", "open"))
        late = float((today - due).days) if state == "open" and due is not None and due < today else None
        rows.append((line.month, line.number, said.get("what"), said.get("owner"), due, state, late is not None, late, said.get("note") or None))
        marks.append((line.subject, line.id))
    order = sorted(range(len(rows)), key=lambda place: (rows[place][5] != "open", rows[place][4] or date.max, rows[place][0]))
    frame = _framed([rows[place] for place in order], ACTIONS)
    still, late_n = frame.filter(pl.col("state") == "open").height, int(frame["is_late"].sum())
    return Answer(
        name="actions",
        headline=_said_of_actions(still, late_n, frame.height),
        frame=frame,
        columns=ACTIONS,
        version=source.version,
        facts={
            "open": still, "late": late_n, "done": frame.filter(pl.col("state") == "done").height,
            "subjects": [marks[place][0] for place in order], "ids": [marks[place][1] for place in order],
        },
        scope=scope,
        selection=selection,
    )  # fmt: skip


def _framed(rows: list[tuple[Any, ...]], columns: tuple[Column, ...]) -> pl.DataFrame:
    schema = {column.name: _SCHEMAS.get(column.unit, pl.String) for column in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _said_of_decisions(waiting: int, late: int, all_of_them: int) -> Message:
    if not all_of_them:
        return message("Nothing was brought for decision yet.")
    if late:
        return plural(
            "{n} decision waits; {late_n} are later than promised.", "{n} decisions wait; {late_n} are later than promised.", n=waiting, late_n=late
        )  # fmt: skip
    return plural("{n} decision waits; none is late.", "{n} decisions wait; none is late.", n=waiting)


def _said_of_actions(still: int, late: int, all_of_them: int) -> Message:
    if not all_of_them:
        return message("No action was agreed yet.")
    if late:
        return plural("{n} action is open, {late_n} of them late.", "{n} actions are open, {late_n} of them late.", n=still, late_n=late)
    return plural("{n} action is open, none is late.", "{n} actions are open, none is late.", n=still)
