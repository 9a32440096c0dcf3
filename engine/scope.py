"""Who asks, which rows they may see, and what of them. Every answer takes a scope, and every cache key holds it."""

from dataclasses import dataclass, replace

from engine.roles import ON_OWN_ROWS, ROLES, acts_of

UNNAMED = "local"
"""Stands for whoever has not said who they are."""
EVERY_ROLE = frozenset(ROLES)


@dataclass(frozen=True)
class Scope:
    """What somebody may see and do.

    who:     the person, as the records name them.
    regions: the regions whose dealers they see; None = all, empty = none.
    dealers: the dealers they see; None = all, empty = none. With both, a dealer must be among both.
    roles:   names of `engine.roles.ROLES`. subject: issuer and subject of the sign-in, "" on one's own machine.
    hidden:  facets (`engine.roles.FACETS`) that are not shown.
    seen_by: the administrator who looks at what this person sees; then nothing may be done. "" = the person themselves.
    """

    who: str = UNNAMED
    regions: frozenset[str] | None = None
    dealers: frozenset[str] | None = None
    roles: frozenset[str] = EVERY_ROLE
    subject: str = ""
    hidden: frozenset[str] = frozenset()
    seen_by: str = ""

    @property
    def is_named(self) -> bool:
        """Whether somebody has said who asks."""
        return self.who != UNNAMED

    @property
    def is_signed_in(self) -> bool:
        """Whether a sign-in vouches for `who`."""
        return bool(self.subject)

    @property
    def sees_all(self) -> bool:
        """Whether no row is kept from them."""
        return self.regions is None and self.dealers is None

    @property
    def sees_nothing(self) -> bool:
        """Whether no dealer and no region is theirs."""
        return self.regions == frozenset() or self.dealers == frozenset()

    @property
    def is_read_only(self) -> bool:
        """Whether somebody else looks on: then nothing may be changed."""
        return bool(self.seen_by)

    def may(self, act: str) -> bool:
        """Whether an act of `engine.roles.ACTS` is theirs to do now: nobody does anything while somebody else looks on."""
        return not self.is_read_only and self.could(act)

    def could(self, act: str) -> bool:
        """Whether an act is theirs by their roles and rows: what is done to the whole company is for who sees all of it."""
        return act in acts_of(self.roles) and (self.sees_all or act in ON_OWN_ROWS)

    def shows(self, *facets: str) -> bool:
        """Whether all of some facets may be seen."""
        return self.hidden.isdisjoint(facets)

    @property
    def rights(self) -> "Scope":
        """The scope without the person: whoever has the same rights gets the same figures."""
        return replace(self, who=UNNAMED, subject="", seen_by="")


EVERYTHING = Scope()
