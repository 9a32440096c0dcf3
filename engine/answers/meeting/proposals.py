"""From scenarios to a decision: two or three of them side by side become the options of a card, with what each does to the plan of record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from engine.answers.forecast_kept import run_of
from engine.answers.meeting import register
from engine.answers.meeting.register import Kept
from engine.answers.sop.basis import Basis, basis_of
from engine.answers.sop.scenarios import BASE
from engine.answers.source import source_of
from engine.errors import BadUse, Impossible
from engine.messages import message
from engine.scope import Scope
from engine.selection import Selection
from engine.sop import decisions as rules
from engine.sop.decisions import MEASURES, Card, Option
from engine.sop.scenarios import METHODS, Outcome, Scenario, outcome_of, record_of, scenario_of
from engine.store.home import Home
from engine.store.warehouse import open_warehouse

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Offer:
    """One option of a proposal. scenario: a method of planning (`engine.sop.scenarios.METHODS`) or the subject of a kept scenario; title: as the
    executives read it; assumptions: what it rests on."""

    scenario: str
    title: str
    assumptions: str = ""


def card(
    home: str, question: str, offers: Sequence[Offer], recommended: int, who: Scope, deadline: date | None = None, family: str = ""
) -> Card:  # fmt: skip
    """A card whose options are scenarios, reckoned at this moment over the plan of record. recommended: place of an offer, −1 = none.

    Raises Impossible for a card that cannot be decided on or a scenario that cannot be reckoned, BadUse where a scenario is gone, NotAllowed.
    """
    warehouse = open_warehouse(Home(Path(home)))
    basis = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse))
    base = outcome_of(basis.situation, Scenario(BASE, method=BASE))
    options = tuple(_option(home, basis, letter, offer) for letter, offer in zip(LETTERS, offers, strict=False))
    name = LETTERS[recommended] if 0 <= recommended < len(options) else ""
    made = Card(question, options, name, _measures(base), who.who, deadline, family)
    rules.check_card(made)
    return made


def bring(home: str, question: str, offers: Sequence[Offer], recommended: int, who: Scope, deadline: date | None = None, family: str = "") -> Kept:
    """Make a card and put it before the executives of the cycle that the plan begins with. Raises what `card` and `register.bring` raise."""
    register.may_write(home, who)
    warehouse = open_warehouse(Home(Path(home)))
    made = card(home, question, offers, recommended, who, deadline, family)
    month = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse)).demand.months.first
    return register.bring(home, month, made, who, warehouse.version)


def _option(home: str, basis: Basis, letter: str, offer: Offer) -> Option:
    scenario = _scenario(home, offer.scenario)
    outcome = outcome_of(basis.situation, scenario)
    levers: tuple[Mapping[str, Any], ...] = tuple(record_of(scenario)["levers"])
    assumptions = offer.assumptions if outcome.said is None else f"{offer.assumptions} {outcome.said}".strip()
    return Option(letter, offer.title, _measures(outcome), levers, assumptions, scenario.method)


def _scenario(home: str, name: str) -> Scenario:
    if name in METHODS:
        return Scenario(name, method=name)
    return scenario_of({"method": "optimal", **register.line(home, "scenario", name).said})


def _measures(outcome: Outcome) -> dict[str, float | None]:
    """Of a scenario's figures those by which options are compared."""
    return {name: outcome.figures[name] for name in MEASURES}


def settle(home: str, subject: str, seen: int, state: str, answer: str, who: Scope) -> Kept:
    """Say what became of an issue: solved (with how), open again, or brought for decision. Raises BadUse, Impossible without a word on how, NotKept."""
    if state not in register.ISSUE_STATES:
        raise BadUse(message("There is no state “{state}”; there are {states}.", state=state, states=", ".join(register.ISSUE_STATES)))
    if state == "solved" and not answer.strip():
        raise Impossible(message("Say how the issue was solved."))
    version = open_warehouse(Home(Path(home))).version
    return register.change(home, "issue", subject, seen, {"state": state, "answer": " ".join(answer.split())[: register.LONGEST]}, who, version)


def escalate(home: str, subject: str, seen: int, recommended: int, deadline: date | None, who: Scope) -> Kept:
    """Make a decision card of an issue and its alternatives, and mark the issue as brought. Raises Impossible with fewer than two alternatives."""
    register.may_write(home, who)
    issue = register.line(home, "issue", subject)
    titles = [(str(each.get("title", "")), dict(each.get("effects") or {})) for each in issue.said.get("alternatives") or ()]
    options = tuple(Option(letter, title, effects) for letter, (title, effects) in zip(LETTERS, titles, strict=False))
    name = LETTERS[recommended] if 0 <= recommended < len(options) else ""
    about = [str(each) for each in issue.said.get("about") or ()]
    warehouse = open_warehouse(Home(Path(home)))
    basis = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse))
    base = _measures(outcome_of(basis.situation, Scenario(BASE, method=BASE)))
    family = about[0] if len(about) == 1 and about[0] in basis.situation.axes.families else ""
    made = Card(str(issue.said.get("text", "")), options, name, base, who.who, deadline, family)
    rules.check_card(made)
    settle(home, subject, seen, "decision", "", who)
    return register.bring(home, issue.month, made, who, warehouse.version)


def raise_overload(home: str, resource: str, what: str, offers: Mapping[str, str], who: Scope) -> Kept:
    """Raise an overloaded resource as an issue of the supply step. offers: scenario -> title; each becomes an alternative with its effects.

    Raises Impossible without a word on what is open, BadUse where the cycle was not opened or a scenario is gone, NotAllowed.
    """
    register.may_write(home, who)
    warehouse = open_warehouse(Home(Path(home)))
    basis = basis_of(source_of(warehouse, who), Selection(), run_of(warehouse))
    found = [{"title": title, "effects": _measures(outcome_of(basis.situation, _scenario(home, name)))} for name, title in offers.items()]
    return register.raise_issue(home, basis.demand.months.first, "supply", what, found, who, warehouse.version, (resource,))


WAITING = {
    "number": pl.Int64, "question": pl.String, "decision_state": pl.String, "options": pl.String, "recommended": pl.String, "due_on": pl.Date,
    "subject": pl.String, "id": pl.Int64,
}  # fmt: skip


def waiting(home: str, month: date) -> pl.DataFrame:
    """The cards of a cycle (WAITING), in the order in which they are taken: those that wait first."""
    lines = {line.subject: line for line in register.lines(home, "decision", month)}
    ordered = rules.ordered([(subject, rules.card_of(line.said)) for subject, line in lines.items()])
    rows = []
    for subject, each in ordered:
        line = lines[subject]
        options = " · ".join(f"{option.name} {option.title}" for option in each.options)
        rows.append((line.number, each.question, str(line.said.get("state", rules.OPEN)), options, each.recommended or None, each.deadline, subject, line.id))
    frame = pl.DataFrame(rows, schema=WAITING, orient="row")
    return frame.sort(pl.col("decision_state") != rules.OPEN, maintain_order=True)


def withdraw(home: str, subject: str, seen: int, who: Scope, version: int | None) -> None:
    """Take a card back before it is decided. Raises Impossible for one that was decided, NotKept where somebody else changed it."""
    state = register.line(home, "decision", subject).said.get("state", rules.OPEN)
    if state != rules.OPEN:
        raise Impossible(message("The decision was taken already; it cannot be withdrawn."))
    register.take_off(home, "decision", subject, seen, who, version)


COMPARED = {name: (label, unit) for name, (label, unit, _) in MEASURES.items()}
"""Measure of an alternative -> label and unit."""


def alternatives(home: str, subject: str) -> pl.DataFrame:
    """The alternatives of an issue: title and every measure of COMPARED, null where it is not known. Raises BadUse where the issue is gone."""
    found = register.line(home, "issue", subject).said.get("alternatives") or ()
    rows = [{"title": str(each.get("title", "")), **{name: (each.get("effects") or {}).get(name) for name in COMPARED}} for each in found]
    return pl.DataFrame(rows, schema={"title": pl.String, **dict.fromkeys(COMPARED, pl.Float64)})
