"""What a cycle notes beside its figures: what the plan rests on, what may happen, and what no step could settle."""

from datetime import date
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.measured import Measured
from engine.answers.meeting import cycles, register
from engine.answers.meeting.register import Kept
from engine.answers.sop.months import months_of
from engine.answers.source import Source, remembered
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.cycle import TITLES
from engine.sop.risks import Chance, Exposure, exposure

ASSUMPTION, RISK, OPPORTUNITY, ISSUE = "assumption", "risk", "opportunity", "issue"
KINDS: dict[str, Message] = {
    ASSUMPTION: message("Assumption"),
    RISK: message("Risk"),
    OPPORTUNITY: message("Opportunity"),
    ISSUE: message("Open issue"),
}
STATES: dict[str, Message] = {
    "open": message("open"),
    "solved": message("solved"),
    "decision": message("to be decided"),
    "holds": message("holds"),
    "fails": message("does not hold"),
}
COLUMNS = (
    Column("kind", message("Kind"), "message"),
    Column("number", message("No."), "count"),
    Column("note", message("What"), "text"),
    Column("family", message("Family"), "code"),
    Column("owner", message("Owner"), "text"),
    Column("probability_share", message("Probability"), "share"),
    Column("impact_value", message("If it happens"), "money"),
    Column("weighted_value", message("Probability × impact"), "money"),
    Column("step", message("Step"), "message"),
    Column("note_state", message("State"), "message"),
    Column("who", message("Noted by"), "text"),
)
SCHEMA = {
    "kind": pl.String, "number": pl.Int64, "note": pl.String, "family": pl.String, "owner": pl.String, "probability_share": pl.Float64,
    "impact_value": pl.Float64, "weighted_value": pl.Float64, "step": pl.String, "note_state": pl.String, "who": pl.String, "code": pl.String,
    "subject": pl.String, "id": pl.Int64,
}  # fmt: skip


def noted(warehouse: Any, selection: Selection, scope: Scope, month: str = "") -> Answer:
    """Assumptions, risks and opportunities, open issues of a cycle (COLUMNS), issues first, then what weighs most. month: `2025-11`, else the present one.

    extra: `records` (kind and number as in the frame, code: assumption, risk, opportunity, issue; subject and id of the record, for who changes a line),
    `top` (the five largest chances by impact: name, family, owner, kind, probability, impact_value), `alternatives` (subject, number, title).
    facts: measures, month.
    Raises NotAllowed for who sees a part of the company.
    """
    cycles.of_the_company(scope)
    answer: Answer = _noted(warehouse, selection, scope, month)
    return answer


@remembered
def _noted(source: Source, selection: Selection, scope: Scope, month: str) -> Answer:
    home = str(source.home.path)
    which = cycles.month_of(month) if month else months_of(source, Selection()).first
    assumed, chances, issues = (register.lines(home, kind, which) for kind in ("assumption", "chance", "issue"))
    found = exposure(0.0, [_chance(line) for line in chances])
    rows = [*(_issue(line) for line in issues), *_chances(chances), *(_assumption(line) for line in assumed)]
    lines = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    frame = lines.select(column.name for column in COLUMNS)
    return Answer(
        name="noted",
        headline=_headline(lines, which),
        frame=frame,
        columns=COLUMNS,
        version=source.version,
        extra={"records": lines.select("kind", "number", "code", "subject", "id"), "top": found.top, "alternatives": _alternatives(issues)},
        facts={"measures": _measures(found), "month": which},
        scope=scope,
        selection=selection,
    )


def _chance(line: Kept) -> Chance:
    said = line.said
    return Chance(str(said.get("name", "")), float(said.get("probability", 0)), float(said.get("impact", 0)), str(said.get("family", "")))


def _row(kind: str, line: Kept, note: str, family: str = "", state: str = "", figures: tuple[float | None, ...] = (None, None, None)) -> tuple[Any, ...]:
    """A line in the order of SCHEMA. figures: probability, impact, weighted."""
    step, owner = str(line.said.get("step", "")), str(line.said.get("owner", ""))
    return (
        KINDS[kind].to_json(), line.number, note, family or None, owner or None, *figures, TITLES[step].to_json() if step in TITLES else None,
        STATES[state].to_json() if state in STATES else None, line.who, kind, line.subject, line.id,
    )  # fmt: skip


def _chances(lines: list[Kept]) -> list[tuple[Any, ...]]:
    """Risks and opportunities, what weighs most first."""
    rows = []
    for line in lines:
        each = _chance(line)
        kind, weight = RISK if each.impact < 0 else OPPORTUNITY, each.probability * each.impact
        row = _row(kind, line, each.name, each.family, figures=(each.probability, each.impact, weight))
        rows.append((-abs(weight), line.number, row))
    return [row for _, _, row in sorted(rows, key=lambda each: each[:2])]


def _issue(line: Kept) -> tuple[Any, ...]:
    about = ", ".join(str(name) for name in line.said.get("about") or ())
    return _row(ISSUE, line, str(line.said.get("text", "")), about, str(line.said.get("state", "open")))


def _assumption(line: Kept) -> tuple[Any, ...]:
    holds = line.said.get("holds")
    return _row(ASSUMPTION, line, str(line.said.get("text", "")), state="" if holds is None else "holds" if holds else "fails")


def _alternatives(issues: list[Kept]) -> pl.DataFrame:
    rows = [(line.subject, number, str(each.get("title", ""))) for line in issues for number, each in enumerate(line.said.get("alternatives") or (), start=1)]
    return pl.DataFrame(rows, schema={"subject": pl.String, "number": pl.Int64, "title": pl.String}, orient="row")


def _measures(found: Exposure) -> tuple[Measured, ...]:
    none = message("No risk and no opportunity is noted.")
    known = found.rows.height > 0
    return (
        Measured(message("Risks and opportunities, weighted"), found.expected if known else None, "money", message("Σ probability × impact."), none),
        Measured(message("If every risk happens"), found.worst if known else None, "money", message("Σ impact of the risks."), none),
        Measured(message("If every opportunity happens"), found.best if known else None, "money", message("Σ impact of the opportunities."), none),
    )


def _headline(frame: pl.DataFrame, month: date) -> Message:
    waiting = frame.filter(pl.col("code") == ISSUE, pl.col("note_state") == STATES["open"].to_json()).height
    if waiting:
        return plural("{n} issue of {month} is open.", "{n} issues of {month} are open.", n=waiting, month=month)
    return plural("{n} note was made for {month}; no issue is open.", "{n} notes were made for {month}; no issue is open.", n=frame.height, month=month)
