"""Who asks, and which rows they may see. Every answer takes a scope, and every cache key holds it."""

from dataclasses import dataclass

UNNAMED = "local"
"""Stands for whoever has not said who they are."""


@dataclass(frozen=True)
class Scope:
    """The rows that somebody may see.

    who:     the person, as the records name them.
    regions: the regions whose dealers they see; None = all, empty = none.
    dealers: the dealers they see; None = all, empty = none.
    """

    who: str = UNNAMED
    regions: frozenset[str] | None = None
    dealers: frozenset[str] | None = None

    @property
    def is_named(self) -> bool:
        """Whether somebody has said who asks."""
        return self.who != UNNAMED

    @property
    def sees_all(self) -> bool:
        return self.regions is None and self.dealers is None


EVERYTHING = Scope()
