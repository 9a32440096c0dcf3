"""Decisions of the withdrawal and the launch gate as the records keep them: drafted with frozen figures, agreed, approved, put in force by an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from engine.answers import allowing, records
from engine.answers.meeting import cycles
from engine.assortment import decision as rules
from engine.assortment.decision import APPROVED, DRAFT, IN_FORCE, LAUNCH, REFUSED, WITHDRAWAL, Block
from engine.errors import BadUse, Impossible, NotAllowed
from engine.messages import Message, message
from engine.scope import Scope
from engine.settings import Settings
from engine.sop.decisions import day_of
from engine.sop.versions import fingerprint

KIND = "gate"
LONGEST = 2000
TITLES: dict[str, Message] = {WITHDRAWAL: message("Withdrawal"), LAUNCH: message("Launch")}
WORDS = ("grounds", "agreed_with", "measures", "monitoring")
"""What people write into a decision: why, which departments agreed, how the stock is sold off, how that is followed."""
GATE_DAYS = {WITHDRAWAL: "withdrawal_gate_days", LAUNCH: "launch_gate_days"}


@dataclass(frozen=True)
class Decision:
    """One decision. kind: withdrawal | launch; state: of `engine.assortment.decision`; said: its fields; id: of the newest record; version: of the data."""

    subject: str
    kind: str
    gate_on: date
    state: str
    said: Mapping[str, Any]
    who: str
    id: int
    version: int | None

    @property
    def name(self) -> str:
        """By what people call it: the day of its gate and its number there."""
        return self.subject.partition("/")[2]

    def day(self, name: str) -> date | None:
        """A day of the decision, such as `approved_on`."""
        return day_of(self.said.get(name))

    @property
    def positions(self) -> list[dict[str, Any]]:
        """What is decided on, as it was frozen: one row a position (withdrawal) or product (launch)."""
        return list(self.said.get("positions") or [])


def decisions(home: str, kind: str | None = None) -> list[Decision]:
    """Every decision (of one kind), the newest gate first."""
    found = [_decision(kept) for kept in records.newest(home, KIND)]
    return sorted((each for each in found if kind in (None, each.kind)), key=lambda each: (each.gate_on, each.subject), reverse=True)


def decision(home: str, subject: str) -> Decision:
    """One decision. Raises BadUse where there is none."""
    kept = records.newest(home, KIND, subject)
    if not kept:
        raise BadUse(message("“{subject}” is no decision of a gate any longer; look again.", subject=subject))
    return _decision(kept[0])


def trail(home: str, subject: str) -> list[records.Record]:
    """Every step of a decision, oldest first."""
    return records.history(home, KIND, subject)


def _decision(kept: records.Record) -> Decision:
    said = kept.payload or {}
    kind, day, _ = kept.subject.split("/", 2)
    return Decision(kept.subject, kind, date.fromisoformat(day), str(said.get("state", DRAFT)), said, kept.who, kept.id, kept.version)


def draft(home: str, kind: str, gate_on: date, positions: pl.DataFrame, figures: Mapping[str, Any], who: Scope, version: int | None) -> Decision:
    """Begin a decision: what is decided on and its figures are frozen as they stand. On any day; but only one for a gate goes further.

    positions: one row a position or product, as the page shows it. figures: what it does, in numbers. Raises BadUse without any position.
    """
    _may(home, who)
    if kind not in TITLES:
        raise BadUse(message("There is no gate “{kind}”; there are {kinds}.", kind=kind, kinds=tuple(TITLES)))
    if positions.is_empty():
        raise BadUse(message("Choose at least one product to decide on."))
    start = f"{kind}/{gate_on.isoformat()}/"
    taken = [int(kept.subject.rpartition("/")[2]) for kept in records.newest(home, KIND, with_ended=True) if kept.subject.startswith(start)]
    rows = [{name: _plain(value) for name, value in row.items()} for row in positions.iter_rows(named=True)]
    frozen = {"positions": rows, "figures": {name: _plain(value) for name, value in figures.items()}, "hash": fingerprint({"positions": positions})}
    said = {"state": DRAFT, "frozen_on": _plain(figures.get("as_of")), **frozen, "deadline": _plain(figures.get("deadline"))}
    return _decision(records.record(home, KIND, f"{start}{max(taken, default=0) + 1}", said, who, version, 0))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.to_json() if isinstance(value, Message) else value


def write(home: str, subject: str, seen: int, changes: Mapping[str, Any], who: Scope, version: int | None) -> Decision:
    """Fill in what people write (WORDS) and the deadline, as long as it is a draft. Raises Impossible, BadUse, NotKept."""
    _may(home, who)
    before = decision(home, subject)
    if before.state != DRAFT:
        raise Impossible(message("This decision is “{state}”: only a draft is written on.", state=rules.STATES[before.state]))
    deadline = changes.get("deadline", before.said.get("deadline"))
    if deadline is not None and (day_of(deadline) or date.min) < before.gate_on:
        raise Impossible(message("The deadline {deadline_on} lies before the day of the gate, {gate_on}.", deadline_on=deadline, gate_on=before.gate_on))
    words = {name: " ".join(str(changes[name]).split())[:LONGEST] for name in WORDS if name in changes}
    return _decision(records.record(home, KIND, subject, {**before.said, **words, "deadline": _plain(deadline)}, who, version, seen))


def blocks(each: Decision) -> tuple[Block, ...]:
    """What a decision must hold before it goes to the committee: names, agreed grounds, measures, deadline with monitoring; a launch its criteria."""
    said = each.said
    if each.kind == LAUNCH:
        missed = [name for name, result in (said.get("figures") or {}).items() if result == "missed" and name != "defence"]
        return (
            Block("names", message("the names of the products"), bool(each.positions)),
            Block("grounds", message("the grounds, and which departments agreed"), bool(said.get("grounds") and said.get("agreed_with"))),
            Block("criteria", message("criteria that are not missed"), not missed),
        )
    return (
        Block("names", message("the names of the products"), bool(each.positions)),
        Block("grounds", message("the grounds, and which departments agreed"), bool(said.get("grounds") and said.get("agreed_with"))),
        Block("measures", message("how the stock is sold off"), bool(said.get("measures"))),
        Block("deadline", message("the deadline and who follows it"), bool(said.get("deadline") and said.get("monitoring"))),
    )


def move(
    home: str, subject: str, seen: int, to: str, day: date, settings: Settings, who: Scope, version: int | None, order_no: str = "", reason: str = ""
) -> Decision:  # fmt: skip
    """Take a decision a step further. day: of the step as the papers say it. The committee agrees; the general director approves; the order puts in force.

    Raises Impossible for a step out of order, a day that is no gate's, a decision that lacks something, an order without a number, a refusal without a
    reason, an approval after the launch; NotAllowed for who may not approve; NotKept where somebody was faster.
    """
    _may(home, who)
    before = decision(home, subject)
    if to in (APPROVED, IN_FORCE) or (to == REFUSED and before.state != DRAFT):
        allowing.require(who, "approve", home, KIND)
    gates: Sequence[tuple[int, int]] = settings[GATE_DAYS[before.kind]]
    rules.may_move(before.state, to, rules.off_gate(gates, before.gate_on), rules.lacking(blocks(before)) if to not in (REFUSED, DRAFT) else ())
    _check_day(before, to, day)
    if to == IN_FORCE and not order_no.strip():
        raise Impossible(message("A decision comes into force by an order: give its number."))
    if to == REFUSED and not reason.strip():
        raise Impossible(message("Say why the decision is refused."))
    step = {"state": to, f"{to}_on": day.isoformat(), f"{to}_by": who.who} | ({"order_no": order_no.strip()} if to == IN_FORCE else {})
    words = {"reason": " ".join(reason.split())[:LONGEST]} if reason.strip() else {}
    return _decision(records.record(home, KIND, subject, {**before.said, **step, **words}, who, version, seen))


def _check_day(before: Decision, to: str, day: date) -> None:
    """Each step comes on or after the one before it; a launch is approved on its day at the latest."""
    earlier = {APPROVED: "agreed_on", IN_FORCE: "approved_on"}.get(to)
    known = before.day(earlier) if earlier else None
    if known is not None and day < known:
        raise Impossible(message("{day} lies before the step before it, {before_on}.", day=day, before_on=known))
    if before.kind == LAUNCH and to == APPROVED and day > before.gate_on:
        raise Impossible(message("The approval of {day} comes after the launch of {launch_on}; take the next gate.", day=day, launch_on=before.gate_on))


def take_off(home: str, subject: str, seen: int, who: Scope, version: int | None) -> None:
    """Withdraw a draft; its history stays. Raises Impossible for anything but a draft."""
    _may(home, who)
    if decision(home, subject).state not in (DRAFT, REFUSED):
        raise Impossible(message("Only a draft is taken off; refuse this decision instead."))
    records.record(home, KIND, subject, {"ended": True}, who, version, seen)


def _may(home: str, who: Scope) -> None:
    cycles.of_the_company(who, home)
    if not who.is_named:
        raise NotAllowed(message("Say who you are first: what is decided carries a name."))
