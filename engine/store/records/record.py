"""One record, as it is read; and the kinds that there are. Imports no database: most pages only ask whether anything was recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

KINDS = ("setting", "person", "order_file", "clearance", "credit_decision", "action", "review")
"""What is recorded; `kind` and `subject` together name what a row is about."""


@dataclass(frozen=True)
class Record:
    """One decision. id: its place in the chain. payload: what was decided; None = the subject is withdrawn.
    at: UTC. version: of the warehouse that was looked at. replaces: id of the row about the same subject before it.
    self_declared: `who` said so themselves; nobody checked it (there is no sign-in yet)."""

    id: int
    kind: str
    subject: str
    payload: dict[str, Any] | None
    who: str
    at: datetime
    version: int | None
    replaces: int | None
    self_declared: bool = True

    @property
    def is_ended(self) -> bool:
        """Whether this row withdraws its subject."""
        return self.payload is None or self.payload.get("ended") is True
