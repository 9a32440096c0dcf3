"""What a cycle decides and agrees: decisions, actions, assumptions, risks and opportunities, open issues, scenarios, the minutes of its meetings.

Each is a record under `2025-10/<number>`; a change is a new row that says which one it has seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.answers import allowing, records
from engine.answers.meeting import cycles
from engine.errors import BadUse, Impossible, NotAllowed, NotKept
from engine.messages import Message, message
from engine.scope import Scope
from engine.sop import decisions as rules
from engine.sop.cycle import STEPS
from engine.sop.decisions import Card, Choice
from engine.sop.minutes import merged

LONGEST = 600
MOST_TRIES = 20
"""So often minutes are put together anew where somebody else was faster; each time somebody else has got theirs kept."""
MINUTED: dict[str, Message] = {
    "score": message("Score"),
    "improvement": message("One thing to do better"),
    "attended": message("Who was there"),
    "orders": message("Must be served"),
}
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Fields of minutes, made of the minutes as they stand."""
ACTION_STATES = ("open", "done", "dropped")
ISSUE_STATES = ("open", "solved", "decision")


@dataclass(frozen=True)
class Kept:
    """One line of the register. number: within its cycle; said: its fields; id: of the record, for whoever changes it; first_at: when it came up."""

    month: date
    number: int
    said: Mapping[str, Any]
    who: str
    at: str
    id: int
    subject: str
    version: int | None = None


def lines(home: str, kind: str, month: date | None = None) -> list[Kept]:
    """The register of a kind (of one cycle), in the order of cycles and numbers; what was withdrawn is left out."""
    found = [_line(kept) for kept in records.newest(home, kind)]
    return sorted((line for line in found if month in (None, line.month)), key=lambda line: (line.month, line.number))


def line(home: str, kind: str, subject: str) -> Kept:
    """One line. Raises BadUse where there is none."""
    kept = records.newest(home, kind, subject)
    if not kept:
        raise BadUse(message("“{subject}” is not in the register any longer; look again.", subject=subject))
    return _line(kept[0])


def _line(kept: records.Record) -> Kept:
    number = kept.subject.rpartition("/")[2]
    return Kept(
        cycles.month_of(kept.subject), int(number) if number.isdigit() else 0, kept.payload or {}, kept.who, kept.at.isoformat(), kept.id, kept.subject,
        kept.version,
    )  # fmt: skip


def add(home: str, kind: str, month: date, said: Mapping[str, Any], who: Scope, version: int | None) -> Kept:
    """A new line under the next number of its cycle. Raises BadUse where the cycle was not opened, NotAllowed without a name."""
    may_write(home, who)
    if cycles.agreed(home, month) is None:
        raise BadUse(message("The cycle of {month} was not opened yet.", month=month))
    taken = [kept.number for kept in map(_line, records.newest(home, kind, with_ended=True)) if kept.month == month]
    subject = f"{cycles.key(month)}/{max(taken, default=0) + 1}"
    return _line(records.record(home, kind, subject, dict(said), who, version, 0))


def change(home: str, kind: str, subject: str, seen: int, changes: Mapping[str, Any], who: Scope, version: int | None) -> Kept:
    """A line with some fields changed. Raises BadUse where it is gone, NotKept where somebody else changed it since `seen`."""
    may_write(home, who)
    before = line(home, kind, subject)
    return _line(records.record(home, kind, subject, {**before.said, **changes}, who, version, seen))


def take_off(home: str, kind: str, subject: str, seen: int, who: Scope, version: int | None) -> None:
    """Withdraw a line; its history stays."""
    may_write(home, who)
    records.record(home, kind, subject, {"ended": True}, who, version, seen)


def may_write(home: str, who: Scope) -> None:
    """Raises NotAllowed for who sees a part of the company, or has no name."""
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))


# ── decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def bring(home: str, month: date, card: Card, who: Scope, version: int | None) -> Kept:
    """Put a decision before the executives. Raises Impossible for a card that cannot be decided on."""
    rules.check_card(card)
    return add(home, "decision", month, rules.as_payload(card, rules.OPEN), who, version)


def decide(home: str, subject: str, seen: int, choice: Choice, today: date, who: Scope, version: int | None) -> Kept:
    """Take a decision; its action follows from it in the same breath. Raises Impossible without owner or day, NotAllowed, NotKept."""
    allowing.require(who, "approve", home, "decision")
    before = line(home, "decision", subject)
    card = rules.card_of(before.said)
    rules.check_choice(card, choice, today)
    kept = change(home, "decision", subject, seen, rules.as_payload(card, rules.DECIDED, choice) | {"decided_on": today.isoformat()}, who, version)
    action = {"what": f"{card.question} → {card.option(choice.option).title}", "owner": choice.owner, "due_on": choice.due_on, "decision": subject}
    act(home, before.month, action, who, version)
    return kept


def put_off(home: str, subject: str, seen: int, state: str, reason: str, who: Scope, version: int | None) -> Kept:
    """Defer a decision to the next meeting, or refuse it. Raises Impossible without a reason or for another state."""
    allowing.require(who, "approve", home, "decision")
    if state not in (rules.DEFERRED, rules.REFUSED):
        raise Impossible(message("A decision is deferred or refused; “{state}” is neither.", state=state))
    if not reason.strip():
        raise Impossible(message("Say why the decision is put off or refused."))
    return change(home, "decision", subject, seen, {"state": state, "reason": _words(reason)}, who, version)


# ── actions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def act(home: str, month: date, said: Mapping[str, Any], who: Scope, version: int | None) -> Kept:
    """An action of the meeting: what, owner, due_on; decision (its subject) where it follows from one. Raises Impossible where one is missing."""
    what, owner, due = _words(said.get("what", "")), _words(said.get("owner", "")), rules.day_of(said.get("due_on"))
    if not what or not owner or due is None:
        raise Impossible(message("An action says what is to be done, who does it and by which day."))
    fields = {"what": what, "owner": owner, "due_on": due.isoformat(), "state": "open", "decision": str(said.get("decision", ""))}
    return add(home, "meeting_action", month, fields, who, version)


def move(home: str, subject: str, seen: int, state: str, note: str, who: Scope, version: int | None) -> Kept:
    """Say how an action stands: open, done or dropped. Raises Impossible for another state, or for dropping without a reason."""
    if state not in ACTION_STATES:
        raise Impossible(message("There is no state “{state}”; there are {states}.", state=state, states=", ".join(ACTION_STATES)))
    if state == "dropped" and not note.strip():
        raise Impossible(message("Say why the action is dropped."))
    return change(home, "meeting_action", subject, seen, {"state": state, "note": _words(note)}, who, version)


# ── assumptions, risks, issues, scenarios ────────────────────────────────────────────────────────────────────────────────


def assume(home: str, month: date, text: str, owner: str, who: Scope, version: int | None) -> Kept:
    """An assumption that the plan rests on. Raises Impossible where it is empty."""
    if not text.strip():
        raise Impossible(message("Write down what is assumed."))
    return add(home, "assumption", month, {"text": _words(text), "owner": _words(owner), "holds": None}, who, version)


def expect(home: str, month: date, name: str, probability: float, impact: float, family: str, owner: str, who: Scope, version: int | None) -> Kept:
    """A risk (impact below zero) or an opportunity. Raises Impossible for a probability that is none."""
    if not 0 <= probability <= 1:
        raise Impossible(
            message("“{name}” has a probability of {found_share}; a probability lies between 0 and 100 %. Correct it.", name=name, found_share=probability)
        )
    if not name.strip():
        raise Impossible(message("Give the risk or opportunity a name."))
    return add(
        home, "chance", month, {"name": _words(name), "probability": probability, "impact": impact, "family": family, "owner": _words(owner)}, who, version
    )


def raise_issue(
    home: str, month: date, step: str, text: str, alternatives: Sequence[Mapping[str, Any]], who: Scope, version: int | None, about: Sequence[str] = ()
) -> Kept:  # fmt: skip
    """An issue that a step could not settle, with its alternatives (title, effects). about: families or resources that it is about. Raises Impossible."""
    if step not in STEPS or not text.strip():
        raise Impossible(message("An issue names its step and says what is open."))
    kept = [{"title": _words(each.get("title", "")), "effects": dict(each.get("effects") or {})} for each in alternatives]
    return add(home, "issue", month, {"step": step, "text": _words(text), "alternatives": kept, "about": list(about), "state": "open"}, who, version)


def keep_scenario(
    home: str, month: date, name: str, levers: Sequence[Mapping[str, Any]], effects: Mapping[str, float | None], who: Scope, version: int | None,
    method: str = "optimal",
) -> Kept:  # fmt: skip
    """A named set of levers with what they do to the plan. method: how production is planned then. Raises Impossible without a name or without a lever."""
    if not name.strip() or not levers:
        raise Impossible(message("A scenario has a name and at least one lever."))
    kept = {"name": _words(name), "method": method, "levers": [dict(lever) for lever in levers], "effects": dict(effects)}
    return add(home, "scenario", month, kept, who, version)


# ── minutes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def minutes(home: str, month: date, step: str) -> Mapping[str, Any]:
    """What is kept of a meeting: attended (names), done (items), used (item -> minutes), parked (texts), score, improvement."""
    kept = records.newest(home, "minutes", f"{cycles.key(month)}/{step}")
    return (kept[0].payload or {}) if kept else {}


def minutes_seen(home: str, month: date, step: str) -> int:
    """Which state of a meeting's minutes stands now: what a later change may say that it saw; 0 = nothing is written yet."""
    standing = _minutes_row(home, month, step)
    return standing.id if standing is not None else 0


def _minutes_row(home: str, month: date, step: str) -> records.Record | None:
    kept = records.newest(home, "minutes", f"{cycles.key(month)}/{step}", with_ended=True)
    return kept[0] if kept else None


def minute(
    home: str, month: date, step: str, changes: Mapping[str, Any] | Change, who: Scope, version: int | None, seen: int | None = None
) -> None:  # fmt: skip
    """Write some of the minutes. changes: fields as they shall be, or what makes them of the minutes as they stand (a line more, some minutes more).

    seen: the state (`minutes_seen`) that fields were filled in over; None = the present one. What others wrote since then stays: lines of both are kept.
    Raises NotKept, telling both, where somebody else wrote something different into the same field; Impossible for a score beyond 1–5; NotAllowed
    without a name.
    """
    may_write(home, who)
    subject, first = f"{cycles.key(month)}/{step}", _minutes_row(home, month, step)
    before, standing = _said(first if seen is None else _minutes_as(home, subject, seen)), first
    for _ in range(MOST_TRIES):
        now = _said(standing)
        fields = changes(now) if callable(changes) else changes
        _check_score(fields)
        wanted, both = merged(now if callable(changes) else before, now, fields)
        if both and standing is not None:
            raise NotKept(_written_by_both(home, subject, both[0], now, fields))
        try:
            records.record(home, "minutes", subject, wanted, who, version, standing.id if standing is not None else 0)
        except NotKept:
            faster = _minutes_row(home, month, step)
            if faster == standing:  # it was not somebody else who was in the way
                raise
            standing = faster
        else:
            return
    raise NotKept(message("Others write into these minutes all the time; nothing of yours was kept. Try again."))


def _said(row: records.Record | None) -> Mapping[str, Any]:
    return (row.payload or {}) if row is not None else {}


def _minutes_as(home: str, subject: str, seen: int) -> records.Record | None:
    """The minutes as they stood when somebody looked."""
    return next((row for row in records.history(home, "minutes", subject) if row.id == seen), None)


def _check_score(fields: Mapping[str, Any]) -> None:
    score = fields.get("score")
    if score is not None and not 1 <= int(score) <= 5:
        raise Impossible(message("A meeting is scored from 1 to 5; {score} is beyond that.", score=int(score)))


def _written_by_both(home: str, subject: str, name: str, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Message:
    """What both wrote, side by side. name: of a field, or `<field>/<field inside>`."""
    who = ""
    for row in reversed(records.history(home, "minutes", subject)):
        if _inside(row.payload or {}, name) != _inside(theirs, name):
            break
        who = row.who
    return message(
        "Meanwhile {who} wrote “{theirs}” there ({what}); you wrote “{mine}”. Theirs stands. Look again and keep yours if it shall replace it.",
        who=who, theirs=str(_inside(theirs, name)), what=MINUTED.get(name.partition("/")[0]) or name, mine=str(_inside(mine, name)),
    )  # fmt: skip


def _inside(said: Mapping[str, Any], name: str) -> Any:
    field, _, inside = name.partition("/")
    return (said.get(field) or {}).get(inside) if inside else said.get(field)


def _words(text: Any) -> str:
    return " ".join(str(text).split())[:LONGEST]
