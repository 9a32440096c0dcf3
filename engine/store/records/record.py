"""One record, as it is read; and the kinds that there are. Imports no database: most pages only ask whether anything was recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

MEETING = ("cycle", "sign_off", "override", "meeting_action", "assumption", "chance", "issue", "decision", "scenario", "minutes", "plan")
"""What is kept of the S&OP meeting; the subjects begin with the month of the cycle, `2025-10/…`."""
ASSORTMENT = ("gate", "promotion_plan", "tree_change", "novelty", "assortment_review", "marketing_factor", "five_forces")
"""What is kept of the assortment desk: decisions of the gates, quarterly promotion plans, changes of the tree, pilots and results of novelties, reviews,
factors that marketing gave, the five forces of segments."""
KINDS = ("setting", "person", "order_file", "clearance", "credit_decision", "action", "review", "access", "contact", "audit", "reminder", *MEETING, *ASSORTMENT)
"""What is recorded; `kind` and `subject` together name what a row is about."""
NOTES = ("audit", "reminder")
"""Kinds that tell what happened and decide nothing: no figure depends on them, so that writing one makes no answer old."""
DECISIONS = tuple(kind for kind in KINDS if kind not in NOTES)


@dataclass(frozen=True)
class Record:
    """One decision. id: its place in the chain. payload: what was decided; None = the subject is withdrawn.
    at: UTC. version: of the warehouse that was looked at. replaces: id of the row about the same subject before it.
    self_declared: `who` said so themselves; nobody checked it. identity: issuer and subject of their sign-in, "" = none.
    zone: offset of the local time when it was kept, `+08:00`; "" = not known."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any] | None
    who: str
    at: datetime
    version: int | None
    replaces: int | None
    self_declared: bool = True
    identity: str = ""
    zone: str = ""

    @property
    def is_ended(self) -> bool:
        """Whether this row withdraws its subject."""
        return self.payload is None or self.payload.get("ended") is True
