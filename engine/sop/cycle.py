"""The cycle of a month as its records tell it: five steps with a lock between them, sign-offs, and what made them stale.

The cycle of November is held in November: it reports on October, and plans from November on.

A step is worked on once every step before it is signed, until it is signed itself; then it is closed for editing. Reopening is a record with a
reason: the step is open again, and every later sign-off is stale until it is given anew. A sign-off is stale too when the figures that it was given
on are no longer those that are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.errors import Impossible
from engine.messages import Message, message

STEPS = ("report", "demand", "supply", "pre_meeting", "executive")
"""The steps in their order: forecast report, demand plan, supply plan, pre-meeting, executive meeting."""
TITLES: dict[str, Message] = {
    "report": message("Report"),
    "demand": message("Demand"),
    "supply": message("Supply"),
    "pre_meeting": message("Pre-meeting"),
    "executive": message("Executive meeting"),
}
WAITING, OPEN, SIGNED, STALE = "waiting", "open", "signed", "stale"
"""States of a step: an earlier one is not signed · being worked on · closed · signed, but not on what is shown now."""


@dataclass(frozen=True)
class Check:
    """One thing that must be so before a step is done. name: a word for programs. is_done: None = cannot be said (its data are missing).
    is_needed: whether the step may not be signed without it; what is not needed is told."""

    name: str
    said: Message
    is_done: bool | None
    is_needed: bool = True


@dataclass(frozen=True)
class SignOff:
    """One row of a step's history, the newest last. is_signed: else it was reopened. inputs: fingerprint of the figures that were signed.
    version: of the warehouse. id: its place among all records, so that two rows of different steps can be put in order."""

    id: int
    step: str
    is_signed: bool
    who: str
    at: datetime
    reason: str = ""
    inputs: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Step:
    """How a step stands. signed: the sign-off in force; why_stale: what happened since; owner, due_on: as agreed for the cycle."""

    name: str
    state: str
    owner: str = ""
    due_on: date | None = None
    checks: tuple[Check, ...] = ()
    signed: SignOff | None = None
    why_stale: Message | None = None
    history: tuple[SignOff, ...] = ()

    @property
    def may_be_edited(self) -> bool:
        return self.state == OPEN

    @property
    def is_closed(self) -> bool:
        """Whether it was signed and not reopened, stale or not."""
        return self.state in (SIGNED, STALE)

    @property
    def lacking(self) -> tuple[Check, ...]:
        """What keeps it from being signed."""
        return tuple(check for check in self.checks if check.is_needed and not check.is_done)

    def is_late(self, today: date) -> bool:
        """Whether it should have been signed before today."""
        return not self.is_closed and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Plan:
    """What is agreed about a cycle when it is opened. month: the first of those that it plans; it reports on the one before. owners, due: by step.
    participants: name and role of each."""

    month: date
    owners: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    participants: tuple[tuple[str, str], ...] = ()


def steps(
    plan: Plan, history: Iterable[SignOff], checks: Mapping[str, Sequence[Check]], inputs: Mapping[str, str], named: Mapping[str, Message] = TITLES
) -> tuple[Step, ...]:  # fmt: skip
    """The five steps as they stand.

    history: every sign-off and reopening of the cycle. checks: by step. inputs: fingerprint of what each step shows now; a step that is missing
    here, or that was signed without one, is not compared. named: what the steps are called in sentences.
    """
    rows = sorted(history, key=lambda row: row.id)
    found: list[Step] = []
    for number, name in enumerate(STEPS):
        own = tuple(row for row in rows if row.step == name)
        signed = own[-1] if own and own[-1].is_signed else None
        why = None if signed is None else _why_stale(signed, rows, STEPS[:number], inputs.get(name, ""), named)
        is_next = signed is None and all(step.is_closed for step in found)
        state = STALE if why is not None else SIGNED if signed is not None else OPEN if is_next else WAITING
        found.append(Step(name, state, plan.owners.get(name, ""), plan.due.get(name), tuple(checks.get(name, ())), signed, why, own))
    return tuple(found)


def _why_stale(signed: SignOff, rows: Sequence[SignOff], before: Sequence[str], shown: str, named: Mapping[str, Message]) -> Message | None:
    """What happened since a sign-off was given; None = nothing."""
    later = next((row for row in reversed(rows) if row.id > signed.id and row.step in before), None)
    if later is not None and later.is_signed:
        return message("{step} was signed anew by {who} afterwards.", step=named[later.step], who=later.who)
    if later is not None:
        return message("{step} was reopened by {who} afterwards: {reason}", step=named[later.step], who=later.who, reason=later.reason)
    if shown and signed.inputs and shown != signed.inputs:
        return message("The figures are no longer those that were signed with data version {version}.", version=signed.version or 0)
    return None


def current(found: Sequence[Step]) -> Step:
    """The step that is worked on: the first that is not closed; the last one where all are."""
    return next((step for step in found if not step.is_closed), found[-1])


def may_sign(step: Step) -> None:
    """Raises Impossible, with what is in the way, for a step that cannot be signed now."""
    if step.state == WAITING:
        raise Impossible(message("The step before this one is not signed yet."))
    if step.state == SIGNED:
        raise Impossible(message("This step is signed already, by {who}. Reopen it to change anything.", who=step.signed.who if step.signed else ""))
    if step.lacking:
        raise Impossible(message("This step is not done: {lacking}", lacking=tuple(check.said for check in step.lacking)))


def may_reopen(step: Step, reason: str) -> None:
    """Raises Impossible for a step that is not signed, or without a reason."""
    if not step.is_closed:
        raise Impossible(message("This step is open; there is nothing to reopen."))
    if not reason.strip():
        raise Impossible(message("Say why the step is reopened: every later sign-off becomes stale by it."))


def may_edit(step: Step) -> None:
    """Raises Impossible, with the reason, for a step whose figures are closed."""
    if step.state == WAITING:
        raise Impossible(message("This step waits for the one before it to be signed."))
    if step.is_closed:
        raise Impossible(message("This step was signed by {who} and is closed. Reopen it to change anything.", who=step.signed.who if step.signed else ""))


def due_days(month: date, working: Sequence[date], rhythm: Sequence[int]) -> dict[str, date]:
    """The day on which each step is due: working days of the cycle's month, counted from 1; rhythm: one number a step.

    working: working days in order; where the month has fewer, its last one. Empty where no working day is known.
    """
    days = [day for day in working if (day.year, day.month) == (month.year, month.month)]
    return {name: days[min(which, len(days)) - 1] for name, which in zip(STEPS, rhythm, strict=True)} if days else {}


def described(said: Mapping[str, Any] | None, month: date) -> Plan:
    """A kept payload as the agreement about a cycle; what it does not say stays empty."""
    kept = said or {}
    due = {name: date.fromisoformat(str(day)[:10]) for name, day in dict(kept.get("due") or {}).items() if name in STEPS and day}
    owners = {name: str(owner) for name, owner in dict(kept.get("owners") or {}).items() if name in STEPS}
    people = tuple((str(name), str(role)) for name, role in kept.get("participants") or ())
    return Plan(month, owners, due, people)
