"""Who is at the door, and what they may see. On one's own machine that is everything; sign-in plugs in here."""

from engine.scope import EVERYTHING, Scope


def visitor() -> Scope:
    """The scope of the person whose browser asks."""
    return EVERYTHING
