"""The cycle of a month: opened, signed off step by step, reopened with a reason. What must be so before a step is signed comes from the data."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from engine.answers import allowing, records
from engine.errors import BadUse, NotAllowed
from engine.messages import message
from engine.scope import Scope
from engine.sop import cycle as rules
from engine.sop.cycle import Check, Plan, SignOff, Step

Checks = Callable[[str], Sequence[Check]]
"""Step -> what must be so before it is done."""


def key(month: date) -> str:
    """By what the records call a cycle: `2025-10`."""
    return f"{month:%Y-%m}"


def month_of(subject: str) -> date:
    """The month of a record's subject. Raises BadUse for a subject that names none."""
    try:
        return date.fromisoformat(f"{subject[:7]}-01")
    except ValueError:
        raise BadUse(message("“{subject}” names no month; a month is written like 2025-10.", subject=subject)) from None


def of_the_company(scope: Scope, home: str | None = None) -> None:
    """Raises NotAllowed for who sees own rows only: the plan is the company's, and its sums would tell of everybody's."""
    if not scope.sees_all:
        allowing.refuse(scope, message("The plan of the company is shown only to those who see all of it."), home, "decide", "meeting")


def months(home: str) -> list[date]:
    """The cycles that were opened, the newest first."""
    return sorted((month_of(kept.subject) for kept in records.newest(home, "cycle")), reverse=True)


def agreed(home: str, month: date) -> Plan | None:
    """What was agreed when a cycle was opened; None = it was not."""
    kept = records.newest(home, "cycle", key(month))
    return rules.described(kept[0].payload, month) if kept else None


def open_cycle(
    home: str, month: date, owners: Mapping[str, str], due: Mapping[str, date], participants: Sequence[tuple[str, str]], who: Scope, version: int | None
) -> None:  # fmt: skip
    """Open the cycle of a month, or agree its owners and days anew. Raises BadUse for a step that there is not, or days out of order."""
    of_the_company(who, home)
    unknown = sorted((set(owners) | set(due)) - set(rules.STEPS))
    if unknown:
        raise BadUse(message("There is no step “{step}”; the steps are {steps}.", step=unknown[0], steps=rules.STEPS))
    days = [due[step] for step in rules.STEPS if step in due]
    if days != sorted(days):
        raise BadUse(message("Each step is due after the one before it; put the days in order."))
    payload = {
        "owners": {step: " ".join(owner.split()) for step, owner in owners.items() if owner.strip()},
        "due": {step: day.isoformat() for step, day in due.items()},
        "participants": [[" ".join(name.split()), role] for name, role in participants if name.strip()],
    }
    records.record(home, "cycle", key(month), payload, who, version)


def history(home: str, month: date) -> list[SignOff]:
    """Every sign-off and reopening of a cycle, oldest first."""
    start = key(month) + "/"
    rows = (kept for kept in records.history(home, "sign_off") if kept.subject.startswith(start))
    return [_sign_off(kept, kept.payload or {}) for kept in rows]


def _sign_off(kept: records.Record, said: Mapping[str, Any]) -> SignOff:
    return SignOff(
        kept.id, kept.subject.rpartition("/")[2], bool(said.get("signed")), kept.who, kept.at, str(said.get("reason", "")), str(said.get("inputs", "")),
        kept.version,
    )  # fmt: skip


def steps(home: str, month: date, checks: Mapping[str, Sequence[Check]], inputs: Mapping[str, str]) -> tuple[Step, ...]:
    """The five steps of a cycle as they stand; see `engine.sop.cycle.steps`."""
    return rules.steps(agreed(home, month) or Plan(month), history(home, month), checks, inputs)


def sign(home: str, month: date, step: Step, inputs: str, who: Scope, version: int | None) -> None:
    """Sign a step off: it is closed. step: as its signer saw it, with its checks.

    Raises Impossible for a step that is not done or not open, NotKept where somebody else signed or reopened it meanwhile, NotAllowed for the
    executive step to whoever may not approve.
    """
    of_the_company(who, home)
    _named(who)
    if step.name == "executive":
        allowing.require(who, "approve", home, "sign_off")
    rules.may_sign(step)
    payload = {"signed": True, "inputs": inputs, "told": [check.name for check in step.checks if not check.is_done]}
    records.record(home, "sign_off", f"{key(month)}/{step.name}", payload, who, version, _seen(step))


def reopen(home: str, month: date, step: Step, reason: str, who: Scope, version: int | None) -> None:
    """Open a signed step again; later sign-offs become stale by it. Raises Impossible, NotKept."""
    of_the_company(who, home)
    _named(who)
    rules.may_reopen(step, reason)
    payload = {"signed": False, "reason": " ".join(reason.split())[:300]}
    records.record(home, "sign_off", f"{key(month)}/{step.name}", payload, who, version, _seen(step))


def _seen(step: Step) -> int:
    return step.history[-1].id if step.history else 0


def _named(who: Scope) -> None:
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: a sign-off carries a name."))


def closed_for_editing(home: str, month: date, name: str) -> None:
    """Raises Impossible where a step's figures may not be changed now, BadUse where its cycle was not opened."""
    if agreed(home, month) is None:
        raise BadUse(message("The cycle of {month} was not opened yet.", month=month))
    rules.may_edit(next(step for step in steps(home, month, {}, {}) if step.name == name))
