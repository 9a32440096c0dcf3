"""A decision of the meeting: a question, two or three options with what each does to the plan, a recommendation, a choice; and what became of it.

What a decision promised is held beside what happened in its review month. That is a comparison, not a proof: much else happened in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.errors import Impossible
from engine.messages import Message, message

FEWEST, MOST = 2, 3
OPEN, DECIDED, DEFERRED, REFUSED = "open", "decided", "deferred", "refused"
STATES = (OPEN, DECIDED, DEFERRED, REFUSED)
MEASURES: dict[str, tuple[Message, str, str]] = {
    "service_share": (message("Service"), "share", "more"),
    "revenue": (message("Revenue"), "money", "more"),
    "margin": (message("Gross margin"), "money", "more"),
    "stock_value": (message("Stock at the end"), "money", "less"),
    "least_cash": (message("Least cash"), "money", "more"),
    "peak_load_share": (message("Load of the bottleneck"), "share", "less"),
    "overtime_hours": (message("Overtime"), "qty", "less"),
    "heads": (message("Heads"), "qty", "less"),
}
"""What options are compared by: name -> (label, unit, which way is better)."""
REALISED = ("revenue", "margin", "stock_value", "service_share")
"""Measures whose outcome the warehouse knows afterwards."""


@dataclass(frozen=True)
class Option:
    """One way to answer. effects: measure -> value for the whole plan; differences to the base are taken when it is shown. levers: what to turn,
    as the scenario says it; method: how the plan is made then (`engine.sop.scenarios.METHODS`), "" = it changes no plan; assumptions: what it rests on."""

    name: str
    title: str
    effects: Mapping[str, float | None] = field(default_factory=dict)
    levers: tuple[Mapping[str, Any], ...] = ()
    assumptions: str = ""
    method: str = ""


@dataclass(frozen=True)
class Card:
    """A question for the executives. base: the measures of the plan as it is. deadline: until when it must be decided."""

    question: str
    options: tuple[Option, ...]
    recommended: str = ""
    base: Mapping[str, float | None] = field(default_factory=dict)
    brought_by: str = ""
    deadline: date | None = None
    family: str = ""

    def option(self, name: str) -> Option:
        """Raises Impossible for a name that is none of the options."""
        found = next((each for each in self.options if each.name == name), None)
        if found is None:
            raise Impossible(message("There is no option “{name}”; there are {options}.", name=name, options=tuple(each.name for each in self.options)))
        return found


@dataclass(frozen=True)
class Choice:
    """What was decided. option: its name; owner, due_on: who does it, by when. review_month: in which the outcome is looked at; expected: measure ->
    value that is promised for that month."""

    option: str
    owner: str
    due_on: date | None
    review_month: date | None = None
    expected: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def check_card(card: Card) -> None:
    """Raises Impossible for a card that cannot be decided on: no question, fewer than two or more than three options, two of one name, a
    recommendation that is none of them."""
    if not card.question.strip():
        raise Impossible(message("A decision starts with a question. Write what is to be decided."))
    if not FEWEST <= len(card.options) <= MOST:
        raise Impossible(message("A decision has {fewest} or {most} options; this one has {n_options}.", fewest=FEWEST, most=MOST, n_options=len(card.options)))
    names = [option.name for option in card.options]
    if len(set(names)) < len(names) or any(not option.title.strip() for option in card.options):
        raise Impossible(message("Every option has a name and a title of its own."))
    if card.recommended and card.recommended not in names:
        raise Impossible(message("“{name}” is recommended, but it is none of the options {options}.", name=card.recommended, options=tuple(names)))


def check_choice(card: Card, choice: Choice, decided_on: date) -> None:
    """Raises Impossible for a choice without an owner or a date, with a date that has passed, or one that promises what nobody can look up."""
    check_card(card)
    card.option(choice.option)
    if not choice.owner.strip():
        raise Impossible(message("A decision needs somebody who carries it out. Name the owner."))
    if choice.due_on is None:
        raise Impossible(message("A decision needs a day by which it is carried out. Name the day."))
    if choice.due_on < decided_on:
        raise Impossible(message("The decision is to be carried out by {due_on}, which has passed. Name a later day.", due_on=choice.due_on))
    unknown = [name for name in choice.expected if name not in MEASURES]
    if unknown:
        raise Impossible(message("“{name}” is no measure of the plan; the measures are {measures}.", name=unknown[0], measures=tuple(MEASURES)))
    if choice.expected and choice.review_month is None:
        raise Impossible(message("Say in which month the promised effect is to be looked at."))


def differences(card: Card, option: Option) -> dict[str, float | None]:
    """Measure -> option − base; None where either is unknown."""
    both = {name: (option.effects.get(name), card.base.get(name)) for name in MEASURES if name in option.effects}
    return {name: None if mine is None or base is None else mine - base for name, (mine, base) in both.items()}


KEPT, MISSED, UNKNOWN, NOT_YET = "kept", "missed", "unknown", "not_yet"


@dataclass(frozen=True)
class Outcome:
    """A promise beside what happened. verdict: kept | missed | unknown (the data do not say) | not_yet (the review month is not over)."""

    measure: str
    expected: float
    realised: float | None
    verdict: str

    @property
    def gap(self) -> float | None:
        """Realised − expected."""
        return None if self.realised is None else self.realised - self.expected


def outcomes(
    expected: Mapping[str, float], realised: Mapping[str, float | None], review_month: date, last_month: date | None, tolerance: float
) -> tuple[Outcome, ...]:  # fmt: skip
    """Each promise beside its outcome.

    realised: measure -> value in the review month. last_month: the last month that is complete in the data. tolerance: share of the promised value
    within which it counts as kept.
    """
    return tuple(_outcome(name, value, realised.get(name), review_month, last_month, tolerance) for name, value in expected.items())


def _outcome(name: str, expected: float, realised: float | None, review_month: date, last_month: date | None, tolerance: float) -> Outcome:
    if last_month is None or review_month > last_month:
        return Outcome(name, expected, None, NOT_YET)
    if realised is None:
        return Outcome(name, expected, None, UNKNOWN)
    slack = abs(expected) * tolerance
    is_kept = realised >= expected - slack if MEASURES[name][2] == "more" else realised <= expected + slack
    return Outcome(name, expected, realised, KEPT if is_kept else MISSED)


def hit_rate(found: Iterable[Outcome]) -> float | None:
    """Share of promises that were kept among those whose outcome is known; None where none is."""
    judged = [outcome.verdict for outcome in found if outcome.verdict in (KEPT, MISSED)]
    return judged.count(KEPT) / len(judged) if judged else None


def as_payload(card: Card, state: str, choice: Choice | None = None) -> dict[str, Any]:
    """What is kept of a decision."""
    said: dict[str, Any] = {
        "state": state, "question": card.question, "recommended": card.recommended, "brought_by": card.brought_by, "family": card.family,
        "deadline": _text(card.deadline), "base": dict(card.base),
        "options": [
            {"name": each.name, "title": each.title, "effects": dict(each.effects), "levers": [dict(lever) for lever in each.levers],
             "assumptions": each.assumptions, "method": each.method}
            for each in card.options
        ],
    }  # fmt: skip
    if choice is not None:
        said["choice"] = {
            "option": choice.option, "owner": choice.owner, "due_on": _text(choice.due_on), "review_month": _text(choice.review_month),
            "expected": dict(choice.expected), "note": choice.note,
        }  # fmt: skip
    return said


def card_of(said: Mapping[str, Any]) -> Card:
    """A kept payload as the card it was."""
    options = tuple(
        Option(str(each.get("name", "")), str(each.get("title", "")), dict(each.get("effects") or {}), tuple(each.get("levers") or ()),
               str(each.get("assumptions", "")), str(each.get("method", "")))
        for each in said.get("options") or ()
    )  # fmt: skip
    return Card(
        str(said.get("question", "")), options, str(said.get("recommended", "")), dict(said.get("base") or {}), str(said.get("brought_by", "")),
        day_of(said.get("deadline")), str(said.get("family", "")),
    )  # fmt: skip


def choice_of(said: Mapping[str, Any]) -> Choice | None:
    """What was chosen, if anything."""
    kept = said.get("choice")
    if not kept:
        return None
    return Choice(
        str(kept.get("option", "")), str(kept.get("owner", "")), day_of(kept.get("due_on")), day_of(kept.get("review_month")),
        dict(kept.get("expected") or {}), str(kept.get("note", "")),
    )  # fmt: skip


def is_late(choice: Choice | None, done: bool, today: date) -> bool:
    """Whether what was decided should have been carried out before today."""
    return choice is not None and not done and choice.due_on is not None and choice.due_on < today


def ordered(cards: Sequence[tuple[str, Card]]) -> list[tuple[str, Card]]:
    """Decisions in the order in which they are taken: the nearest deadline first, then the most money that hangs on the choice."""
    return sorted(cards, key=lambda each: (each[1].deadline or date.max, -_stake(each[1]), each[0]))


def _stake(card: Card) -> float:
    """By how much the options differ in money at most."""
    values = [value for option in card.options if (value := option.effects.get("margin")) is not None]
    return max(values) - min(values) if len(values) > 1 else 0.0


def day_of(kept: Any) -> date | None:
    """A kept day; None for what is none."""
    if isinstance(kept, date):
        return kept
    try:
        return date.fromisoformat(str(kept)[:10]) if kept else None
    except ValueError:
        return None


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
