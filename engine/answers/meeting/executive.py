"""What the executives do in their meeting: choose, put off, take back, consent, approve, score; each looks at the present state once more."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from engine.answers import allowing
from engine.answers.forecast_kept import run_of
from engine.answers.meeting import cycles, plan_of_record, plans, register, what_if
from engine.answers.meeting.plans import Version
from engine.answers.meeting.register import Kept
from engine.answers.source import source_of
from engine.errors import Impossible
from engine.messages import message
from engine.scope import Scope
from engine.sop import agenda
from engine.sop import decisions as rules
from engine.sop.agenda import EXECUTIVE, Clock
from engine.sop.decisions import MEASURES, Choice, Option
from engine.store.home import Home
from engine.store.warehouse import Warehouse, open_warehouse

__all__ = ["EXECUTIVE", "MEASURES", "Clock"]
STEP = "executive"
LETTERS = "ABC"


def _warehouse(home: str) -> Warehouse:
    return open_warehouse(Home(Path(home)))


# ── the clock and the minutes ────────────────────────────────────────────────────────────────────────────────────────────


def clock(home: str, month: date) -> Clock:
    """Planned and used minutes of the eight items."""
    length = int(Home(Path(home)).settings()["meeting_minutes"])
    used = register.minutes(home, month, STEP).get("used") or {}
    return Clock(agenda.planned(length), {name: float(minutes) for name, minutes in used.items()})


def minutes(home: str, month: date) -> Mapping[str, Any]:
    """What is kept of the meeting; see `register.minutes`. Beyond it: consented (families), consented_by, pulled (families)."""
    return register.minutes(home, month, STEP)


def spend(home: str, month: date, item: str, spent: float, who: Scope) -> None:
    """Add minutes to an item of the agenda."""

    def longer(now: Mapping[str, Any]) -> Mapping[str, Any]:
        used = dict(now.get("used") or {})
        return {"used": used | {item: round(float(used.get(item, 0.0)) + max(spent, 0.0), 2)}}

    _minute(home, month, longer, who)


def park(home: str, month: date, text: str, who: Scope) -> None:
    """Put what belongs to another meeting on the parking lot. Raises Impossible for an empty line."""
    if not text.strip():
        raise Impossible(message("Write down what is to be parked."))
    line = " ".join(text.split())[: register.LONGEST]
    _minute(home, month, lambda now: {"parked": [*(now.get("parked") or ()), line]}, who)


def score(home: str, month: date, points: int, improvement: str, attended: Sequence[str], who: Scope, seen: int | None = None) -> None:
    """What the meeting was worth, one thing to do better, and who was there. seen: the minutes over which that was filled in (`minutes_seen`).

    Raises Impossible for a score beyond 1–5, NotKept where somebody else scored it differently meanwhile.
    """
    said = {"score": points, "improvement": " ".join(improvement.split())[: register.LONGEST], "attended": [" ".join(name.split()) for name in attended]}
    _minute(home, month, said, who, seen)


def minutes_seen(home: str, month: date) -> int:
    """Which state of the minutes stands now."""
    return register.minutes_seen(home, month, STEP)


def _minute(home: str, month: date, changes: Mapping[str, Any] | register.Change, who: Scope, seen: int | None = None) -> None:
    register.minute(home, month, STEP, changes, who, _warehouse(home).version, seen)


# ── families by consent ──────────────────────────────────────────────────────────────────────────────────────────────────


def consent(home: str, month: date, families: Sequence[str], who: Scope) -> None:
    """Approve the families that nobody needs to speak of, all at once. Raises NotAllowed for who may not approve, Impossible where there are none."""
    allowing.require(who, "approve", home, "consent")
    if not families:
        raise Impossible(message("There is no family to approve together."))
    _minute(home, month, lambda now: {"consented": sorted({*families} - {*(now.get("pulled") or ())}), "consented_by": who.who}, who)


def pull(home: str, month: date, family: str, who: Scope) -> None:
    """Take a family out of the consent list, so that it is spoken of. Whoever takes part may do so."""

    def without(now: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"pulled": sorted({*(now.get("pulled") or ()), family}), "consented": [name for name in now.get("consented") or () if name != family]}

    _minute(home, month, without, who)


def put_back(home: str, month: date, family: str, who: Scope) -> None:
    """Nobody needs to speak of a family any longer: it is on the consent list again."""
    _minute(home, month, lambda now: {"pulled": [name for name in now.get("pulled") or () if name != family]}, who)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def choose(home: str, subject: str, seen: int, choice: Choice, who: Scope) -> Kept:
    """Take a decision. Raises Impossible without owner or day, or once the meeting is signed; NotAllowed, NotKept."""
    _not_closed(home, subject)
    return register.decide(home, subject, seen, choice, date.today(), who, _warehouse(home).version)


def promised(home: str, subject: str, option: str, review_month: date | None, who: Scope) -> dict[str, float]:
    """What an option would bring in the month in which its outcome is looked at: measure -> value; empty where its plan does not say."""
    allowing.require(who, "approve", home, "decision")
    if review_month is None:
        return {}
    card = rules.card_of(register.line(home, "decision", subject).said)
    chosen = card.option(option)
    if not chosen.levers and not chosen.method:
        return {}
    warehouse = _warehouse(home)
    base = what_if.base_of(source_of(warehouse), run_of(warehouse))
    return what_if.expected_in(base, chosen.levers, chosen.method, review_month.replace(day=1), card.family)


def choice(option: str, owner: str, due_on: date | None, review_month: date | None, expected: Mapping[str, float | None], note: str = "") -> Choice:
    """What was filled in, as a choice; without a month nothing is promised."""
    promises = {name: float(value) for name, value in expected.items() if value is not None}
    first = None if review_month is None else review_month.replace(day=1)
    return Choice(option, " ".join(owner.split()), due_on, first, promises if first is not None else {}, " ".join(note.split()))


def put_off(home: str, subject: str, seen: int, state: str, reason: str, who: Scope) -> Kept:
    """Defer or refuse a decision. Raises Impossible without a reason or once the meeting is signed; NotAllowed, NotKept."""
    _not_closed(home, subject)
    return register.put_off(home, subject, seen, state, reason, who, _warehouse(home).version)


def take_back(home: str, subject: str, seen: int, who: Scope) -> Kept:
    """Open a decision again, as long as the meeting is not signed; its action is withdrawn. Raises Impossible, NotAllowed, NotKept."""
    allowing.require(who, "approve", home, "decision")
    _not_closed(home, subject)
    version = _warehouse(home).version
    kept = register.change(home, "decision", subject, seen, {"state": rules.OPEN, "choice": None, "decided_on": None, "reason": ""}, who, version)
    for action in register.lines(home, "meeting_action", kept.month):
        if action.said.get("decision") == subject:
            register.take_off(home, "meeting_action", action.subject, action.id, who, version)
    return kept


def _not_closed(home: str, subject: str) -> None:
    month = cycles.month_of(subject)
    if any(step.name == STEP and step.is_closed for step in cycles.steps(home, month, {}, {})):
        raise Impossible(message("The meeting of {month} is signed; reopen it before a decision is changed.", month=month))


def add_option(home: str, subject: str, seen: int, title: str, levers: Sequence[Mapping[str, Any]], method: str, who: Scope) -> Kept:
    """Put a what-if on a card as one more option, reckoned at this moment. Raises Impossible where the card is full or decided, NotKept."""
    before = register.line(home, "decision", subject)
    card = rules.card_of(before.said)
    if before.said.get("state") != rules.OPEN:
        raise Impossible(message("This was decided already; take the decision back before you add an option."))
    free = [letter for letter in LETTERS if letter not in {option.name for option in card.options}]
    if len(card.options) >= rules.MOST or not free:
        raise Impossible(message("A decision has at most {most} options; keep this one as a scenario.", most=rules.MOST))
    effects = _effects(home, levers, method)
    option = Option(free[0], " ".join(title.split()), effects, tuple(levers), "", method)
    longer = rules.Card(card.question, (*card.options, option), card.recommended, card.base, card.brought_by, card.deadline, card.family)
    rules.check_card(longer)
    return register.change(home, "decision", subject, seen, rules.as_payload(longer, rules.OPEN), who, _warehouse(home).version)


def _effects(home: str, levers: Sequence[Mapping[str, Any]], method: str) -> dict[str, float | None]:
    warehouse = _warehouse(home)
    return what_if.effects_of(what_if.solved(what_if.base_of(source_of(warehouse), run_of(warehouse)), levers, method))


# ── approval ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def approved(home: str, month: date) -> Version | None:
    """The newest approved plan of a cycle."""
    found = plans.versions(home, month)
    return found[-1] if found else None


def approve(home: str, month: date, seen: int, who: Scope) -> Version:
    """Freeze the plan with what was decided. seen: id of the newest approval that was seen, 0 = none. Raises NotAllowed, NotKept, BadUse."""
    return plan_of_record.approve(home, month, who, seen)
