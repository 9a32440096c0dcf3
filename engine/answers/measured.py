"""Figures of a page that are no KPI of the book: each with how it was reckoned, or why it is unknown."""

from dataclasses import dataclass

from engine.messages import Message


@dataclass(frozen=True)
class Measured:
    """One figure. unit: as of a Column. how: what it is made of, with the numbers put in. why_unknown: said where `value` is None."""

    label: Message
    value: float | None
    unit: str
    how: Message | None = None
    why_unknown: Message | None = None
