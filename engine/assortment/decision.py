"""A decision on the assortment on its way: drafted, agreed by the committee, approved by the general director, in force by an order.

Nothing changes before it is in force. On another day than the gate's only drafts are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.assortment.windows import is_day_of, next_day_of
from engine.errors import Impossible
from engine.messages import Message, message

DRAFT, AGREED, APPROVED, IN_FORCE, REFUSED = "draft", "agreed", "approved", "in_force", "refused"
ORDER = (DRAFT, AGREED, APPROVED, IN_FORCE)
STATES: dict[str, Message] = {
    DRAFT: message("draft"),
    AGREED: message("agreed by the committee"),
    APPROVED: message("approved by the general director"),
    IN_FORCE: message("in force"),
    REFUSED: message("refused"),
}
WITHDRAWAL, LAUNCH, TREE, PROMOTION = "withdrawal", "launch", "tree", "promotion"
Days = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Block:
    """One of the things that a decision must hold before it leaves the draft. is_there: whether it does."""

    name: str
    said: Message
    is_there: bool


def off_gate(gates: Days, day: date) -> Message | None:
    """Why nothing can be decided for a day, None on a day of a gate."""
    if is_day_of(gates, day):
        return None
    return message("{day} is no day of this gate: only drafts are made. The next one is {next_on}.", day=day, next_on=next_day_of(gates, day))


def may_move(state: str, to: str, gate: Message | None, lacking: Sequence[Message]) -> None:
    """Raises Impossible where a decision cannot go from a state to another. gate: why its day is none (see `off_gate`); lacking: what it lacks still.

    A refused one goes back to the draft; a draft, an agreed and an approved one can be refused.
    """
    if to == REFUSED and state in (DRAFT, AGREED, APPROVED):
        return
    if to == DRAFT and state == REFUSED:
        return
    if to not in ORDER or state not in ORDER or ORDER.index(to) != ORDER.index(state) + 1:
        raise Impossible(
            message("This decision is “{state}” and cannot become “{to}”: first the committee, then the general director, then the order.",
                    state=STATES[state], to=STATES.get(to, to))
        )  # fmt: skip
    if gate is not None:
        raise Impossible(gate)
    if lacking:
        raise Impossible(message("Before this decision goes on it lacks: {lacking}.", lacking=tuple(lacking)))


def lacking(blocks: Sequence[Block]) -> tuple[Message, ...]:
    """The blocks that are not there."""
    return tuple(block.said for block in blocks if not block.is_there)
