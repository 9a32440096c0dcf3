"""The papers of a cycle, made of its answers and records: what minutes, slides and workbook are all printed from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.answer import Answer, Column
from engine.answers.forecast_accuracy import forecast_accuracy
from engine.answers.measured import Measured
from engine.answers.meeting import executive, register
from engine.answers.meeting.cards import BASE, decision_cards
from engine.answers.meeting.cycles import key, month_of
from engine.answers.meeting.effects import plan_effect
from engine.answers.meeting.exceptions import meeting_families
from engine.answers.meeting.noted import noted
from engine.answers.meeting.plan_of_record import plan_waterfall
from engine.answers.meeting.promises import ACTIONS, DECISIONS, PROMISES, actions, decisions
from engine.answers.meeting.report_card import report_card
from engine.answers.meeting.seven_plans import TITLES as PLANS
from engine.answers.meeting.seven_plans import seven_plans
from engine.answers.meeting.standing import cycle
from engine.answers.sop.budget_bridge import budget_bridge
from engine.answers.sop.capacity import capacity
from engine.answers.sop.demand_plan import demand_plan
from engine.answers.sop.demand_review import demand_review
from engine.answers.sop.supply_plan import supply_plan
from engine.documents.meeting_book import meeting_book
from engine.documents.minutes import minutes
from engine.documents.papers import Curve, Fact, Papers, Section, Sheet
from engine.documents.slides import slides
from engine.messages import Message, message, plural
from engine.scope import Scope
from engine.selection import Selection
from engine.sop.agenda import EXECUTIVE, PRE_MEETING
from engine.sop.cycle import TITLES, Step
from engine.sop.decisions import MEASURES
from engine.store.home import Home
from engine.store.warehouse import open_version

FORMS: dict[str, tuple[Message, str, Callable[[Papers, str, str], bytes]]] = {
    "xlsx": (message("Workbook of the meeting {month}"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", meeting_book),
    "pdf": (message("Minutes of the meeting {month}"), "application/pdf", minutes),
    "pptx": (message("Slides of the meeting {month}"), "application/vnd.openxmlformats-officedocument.presentationml.presentation", slides),
}
"""Ending of a file -> what it is called, its kind for a browser, and how it is printed."""
CARD = (
    Column("card_measure", message("Measure"), "message"),
    Column("reached", message("Reached"), "message"),
    Column("plan", message("Plan"), "message"),
    Column("is_below", message("Below plan"), "flag"),
)
AGENDA = (
    Column("item", message("Item"), "message"),
    Column("planned_minutes", message("Planned, minutes"), "count"),
    Column("used_minutes", message("Used, minutes"), "count"),
)
OPTIONS = (
    Column("number", message("No."), "count"),
    Column("question", message("Question"), "text"),
    Column("option", message("Option"), "text"),
    Column("title", message("What is done"), "text"),
    Column("is_recommended", message("Recommended"), "flag"),
    Column("is_chosen", message("Chosen"), "flag"),
)


@dataclass(frozen=True)
class _Room:
    """Who asks what, of which month."""

    warehouse: Any
    scope: Scope
    month: str

    def ask(self, question: Callable[..., Answer], *details: Any) -> Answer:
        return question(self.warehouse, Selection(), self.scope, *details)

    @property
    def first(self) -> date:
        return month_of(self.month)

    @property
    def home(self) -> str:
        return str(self.warehouse.home.path)


def papers_of(home: str, version: int, scope: Scope) -> Papers:
    """The papers of the cycle at work, as somebody may see them: what is hidden from their role is empty in all three. Raises NotAllowed, NotKept."""
    warehouse = open_version(Home(Path(home)), version)
    standing = cycle(warehouse, Selection(), scope)
    month = standing.facts["month"]
    room = _Room(warehouse, scope, key(month))
    plans = room.ask(seven_plans, room.month)
    steps: Mapping[str, Step] = {step.name: step for step in standing.facts["steps"]}
    made = {"report": _report, "demand": _demand, "supply": _supply, "pre_meeting": _pre_meeting, "executive": _executive}
    frames = {"sales": plans.frame, **plans.extra}
    return Papers(
        title=message("S&OP meeting of {month}", month=month),
        month=month,
        sections=tuple(_signed(make(room), steps[name]) for name, make in made.items()),
        after=(_decisions(room), _actions(room)),
        plans=tuple(Sheet(name, title, frames[name], columns) for name, (title, columns) in PLANS.items()),
        who=scope.who,
        made_at=datetime.now(UTC),
        version=warehouse.version,
        plan=plans.facts["plan"],
        about=tuple(_about(room, plans, standing)),
    )


def _signed(section: Section, step: Step) -> Section:
    if step.signed is None:
        said = message("Not signed yet.")
    else:
        said = message("Signed by {who} on {signed_on}.", who=step.signed.who, signed_on=step.signed.at.date())
    return Section(section.name, section.title, section.said, section.facts, section.sheets, section.curve, said)


def _facts(measures: Iterable[Measured]) -> tuple[Fact, ...]:
    return tuple(Fact(each.label, each.value, each.unit) for each in measures)


def _curve(title: Message, frame: pl.DataFrame, series: Sequence[tuple[Message, str, str]], unit: str = "money") -> Curve | None:
    """A chart of columns of a frame with `month`; None where there is nothing to draw."""
    if frame.is_empty():
        return None
    return Curve(title, tuple(frame["month"]), tuple((label, notation, tuple(frame[name])) for label, notation, name in series), unit)


# ── the five steps ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _report(room: _Room) -> Section:
    card, accuracy = room.ask(report_card), room.ask(forecast_accuracy)
    table = Sheet("report_card", message("Report card"), _card(card.frame), CARD)
    if not room.scope.shows("margin"):
        return Section("report", TITLES["report"], (card.headline, accuracy.headline), sheets=(table,))
    bridge = room.ask(budget_bridge)
    series = ((message("Budget"), "plan", "budget_value"), (message("Actual"), "actual", "actual_value"), (message("Demand"), "forecast", "demand_value"))
    return Section(
        "report", TITLES["report"], (card.headline, accuracy.headline, bridge.headline), _facts(bridge.facts["measures"]),
        (table,),
        _curve(message("Net sales of the year"), bridge.extra["call"], series),
    )  # fmt: skip


def _card(frame: pl.DataFrame) -> pl.DataFrame:
    """The report card as printed: reached and planned in words, whatever their unit."""
    rows = []
    for line in frame.iter_rows(named=True):
        reached, days = next((line[name] for name in ("reached_share", "budget_share") if line[name] is not None), None), line["reached_days"]
        said = message("{n_days} days", n_days=days) if days is not None else message("{reached_share}", reached_share=reached)
        plan = line["target_days"]
        aim = message("{n_days} days", n_days=plan) if plan is not None else message("{plan_share}", plan_share=line["target_share"])
        said = said if line["reached_why"] is None else Message.from_json(line["reached_why"])
        rows.append((line["card_measure"], said.to_json(), aim.to_json(), line["is_below"]))
    return pl.DataFrame(rows, schema={"card_measure": pl.String, "reached": pl.String, "plan": pl.String, "is_below": pl.Boolean}, orient="row")


def _demand(room: _Room) -> Section:
    plan, review = room.ask(demand_plan), room.ask(demand_review)
    wanted = ("family_name", "reason", "demand_value", "change_share", "stake_value")
    columns = tuple(column for column in review.columns if column.name in wanted)
    series = ((message("Last year"), "last_year", "last_year_value"), (message("Demand"), "forecast", "demand_value"))
    return Section(
        "demand", TITLES["demand"], (plan.headline, review.headline), _facts(plan.facts["measures"]),
        (Sheet("families", message("Families by exception"), review.frame, columns),),
        _curve(message("Demand by month"), plan.extra["months"], series),
    )  # fmt: skip


def _supply(room: _Room) -> Section:
    plan, load, families = room.ask(supply_plan), room.ask(capacity), room.ask(meeting_families)
    short = families.frame.filter(pl.col("short_value") > 0).sort("short_value", descending=True)
    columns = tuple(column for column in families.columns if column.name in ("family_name", "short_value", "demand_value"))
    wanted = ("resource_name", "month", "load_share", "over_qty")
    full = load.frame.filter(pl.col("over_qty") > 0)
    series = ((message("Demand"), "plan", "demand_value"), (message("Can be delivered"), "forecast", "shipped_value"),
              (message("Stock"), "actual", "stock_value"))  # fmt: skip
    return Section(
        "supply", TITLES["supply"], (plan.headline, load.headline), (*_facts(plan.facts["measures"]), *_facts(load.facts["measures"])[:1]),
        (
            Sheet("short", message("What cannot be delivered in its month"), short, columns, 8),
            Sheet("overload", message("Overloaded months"), full, tuple(column for column in load.columns if column.name in wanted), 8),
        ),
        _curve(message("Demand, deliveries and stock"), plan.extra["months"], series),
    )  # fmt: skip


def _pre_meeting(room: _Room) -> Section:
    kept, notes = register.minutes(room.home, room.first, "pre_meeting"), room.ask(noted, room.month)
    done = len({*kept.get("done", ())} & {item.name for item in PRE_MEETING})
    said = [plural("{n} of {all_n} items of the agenda was spoken of.", "{n} of {all_n} items of the agenda were spoken of.",
                   n=done, all_n=len(PRE_MEETING)), notes.headline]  # fmt: skip
    if kept.get("attended"):
        said.append(message("There were: {names}.", names=list(kept["attended"])))
    columns = tuple(column for column in notes.columns if column.name in ("kind", "note", "owner", "probability_share", "impact_value", "note_state"))
    return Section(
        "pre_meeting", TITLES["pre_meeting"], tuple(said), _facts(notes.facts["measures"]),
        (Sheet("noted", message("Issues, risks, assumptions"), notes.frame, columns),),
    )  # fmt: skip


def _executive(room: _Room) -> Section:
    effect, moved, families, plans = room.ask(plan_effect), room.ask(plan_waterfall), room.ask(meeting_families), room.ask(seven_plans, room.month)
    kept = executive.minutes(room.home, room.first)
    said = [effect.headline, moved.headline, plans.headline]
    approved = families.facts["consented"]
    if approved:
        said.append(
            plural("{n} family was approved by consent, by {who}.", "{n} families were approved by consent, by {who}.",
                   n=len(approved), who=families.facts["by"])
        )  # fmt: skip
    said += [message("Parked: {text}", text=str(text)) for text in kept.get("parked") or ()]
    if kept.get("attended"):
        said.append(message("There were: {names}.", names=list(kept["attended"])))
    if kept.get("score") is not None:
        said.append(message("The meeting was scored {points} of 5. To do better: {improvement}", points=int(kept["score"]),
                            improvement=str(kept.get("improvement") or "–")))  # fmt: skip
    after = effect.extra["figures"].row(1, named=True)
    facts = tuple(
        Fact(label, after[name], unit, None if not effect.facts["decided"] else after[f"{name}_change"]) for name, (label, unit, _) in MEASURES.items()
    )
    promises = room.ask(decisions).extra["promises"].filter(pl.col("cycle") < room.first)
    return Section(
        "executive", TITLES["executive"], tuple(said), facts,
        (
            Sheet("agenda", message("Agenda"), _agenda(room), AGENDA),
            Sheet("promises", message("Promised and happened"), _worded(promises), _said(PROMISES), 6),
        ),
    )  # fmt: skip


def _agenda(room: _Room) -> pl.DataFrame:
    clock = executive.clock(room.home, room.first)
    rows = [(item.title.to_json(), clock.planned.get(item.name), _whole(clock.used.get(item.name))) for item in EXECUTIVE]
    return pl.DataFrame(rows, schema={"item": pl.String, "planned_minutes": pl.Int64, "used_minutes": pl.Int64}, orient="row")


def _whole(minutes_used: float | None) -> int | None:
    return None if minutes_used is None else round(minutes_used)


# ── decisions and actions ────────────────────────────────────────────────────────────────────────────────────────────────


def _decisions(room: _Room) -> Section:
    taken, cards = room.ask(decisions), room.ask(decision_cards, room.month)
    mine = taken.frame.filter(pl.col("cycle") == room.first)
    options = cards.frame.filter(pl.col("option") != BASE).select(column.name for column in OPTIONS)
    put_off = [message("No. {number}, put off or refused: {reason}", number=card["number"], reason=card["reason"]) for card in cards.facts["cards"]
               if card["reason"]]  # fmt: skip
    return Section(
        "decisions", message("Decisions"), (cards.headline, *put_off), sheets=(
            Sheet("decisions", message("Decisions"), _worded(mine), _said(column for column in DECISIONS if column.name != "cycle"), 20),
            Sheet("options", message("Options"), options, OPTIONS, 30),
        ),
    )  # fmt: skip


def _actions(room: _Room) -> Section:
    found = room.ask(actions)
    return Section("actions", message("Actions"), (found.headline,), sheets=(Sheet("actions", message("Actions"), _worded(found.frame), _said(ACTIONS), 30),))


WORDS: dict[str, dict[str, Message]] = {
    "decision_state": {"open": message("waits"), "decided": message("decided"), "deferred": message("deferred"), "refused": message("refused")},
    "state": {"open": message("open"), "done": message("done"), "dropped": message("dropped")},
    "promise_verdict": {
        "kept": message("kept"), "missed": message("missed"), "unknown": message("the data do not say"), "not_yet": message("the month is not over"),
    },
}  # fmt: skip
"""Codes of the register in words, as papers say them."""


def _said(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns of codes as columns of words."""
    return tuple(replace(column, unit="message") if column.name in WORDS else column for column in columns)


def _worded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its codes as messages."""
    for name in WORDS.keys() & set(frame.columns):
        said = {code: words.to_json() for code, words in WORDS[name].items()}
        frame = frame.with_columns(pl.col(name).replace_strict(said, default=None, return_dtype=pl.String))
    return frame


def _about(room: _Room, plans: Answer, standing: Answer) -> Iterable[tuple[Message, Message]]:
    if plans.facts["plan"]:
        yield message("Approved by"), message("{who}, {approved_at}", who=plans.facts["approved_by"], approved_at=plans.facts["approved_at"])
        yield message("Fingerprint of the plan"), message("{fingerprint}", fingerprint=plans.facts["fingerprint"])
    yield message("State of the cycle"), standing.headline
    yield message("Amounts"), message("Money in the currency above; quantities in pieces of each family.")
