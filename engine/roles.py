"""The one declared table of who may see and do what: for each role its rows, what is hidden from it, what it may do.

What a company total may tell. Somebody who sees own rows only is given own totals: every sum, share, rank and group of peers is worked out within their
rows, so that no other region's figures can be worked back from it. What has no meaning within own rows (the company's cash, its purchases, the totals
of the ledger) is not given at all, with the reason in its place.

What is hidden. A role that must not see margins never sees both sides from which they follow: cost or sales value is hidden with them.

Several roles in one person: they see what any of the roles sees, and may do what any of them may.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.messages import Message, message

FACETS: dict[str, Message] = {
    "margin": message("Margins and gross profit"),
    "cost": message("Costs of a unit, and stock at cost"),
    "sales_value": message("Sales in money and prices"),
    "dealer_profit": message("What dealers earn"),
    "credit": message("What dealers owe, and their limits"),
    "promotion_depth": message("How deep prices are cut in promotions"),
    "cash": message("The company's cash"),
}
"""What can be hidden from a role."""

ACTS: dict[str, Message] = {
    "decide": message("Decide: clearance, orders, credit, actions, reviews; prepare the S&OP meeting"),
    "approve": message("Approve the plan in the executive meeting"),
    "load": message("Load files and publish"),
    "undo": message("Take back a load"),
    "settings": message("Change settings"),
    "close": message("Close the month"),
    "backup": message("Make a backup"),
    "audit": message("Read the audit"),
    "people": message("Say who may see what"),
    "view_as": message("See what somebody else sees"),
}
"""What can be done; whoever may not is refused."""

ON_OWN_ROWS = frozenset({"decide"})
"""Acts that are done to own dealers and places; every other is done to the whole company, and takes somebody who sees all rows."""
ALL_ROWS, OWN_ROWS = "all", "own"


@dataclass(frozen=True)
class Role:
    """rows: `all`, or `own` regions and dealers only. hidden: facets. acts: what it may do."""

    title: Message
    rows: str = ALL_ROWS
    hidden: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset({"decide"})


def _without(*facets: str) -> frozenset[str]:
    return frozenset(facets)


def _and(*acts: str) -> frozenset[str]:
    return frozenset({"decide", *acts})


ROLES: dict[str, Role] = {
    "executive": Role(message("Executive"), acts=_and("approve")),
    "planner": Role(message("Planner"), hidden=_without("dealer_profit", "credit", "cash"), acts=_and("load", "undo", "settings", "close")),
    "sales_manager": Role(message("Sales manager"), OWN_ROWS, _without("cash")),
    "marketing": Role(message("Marketing"), hidden=_without("dealer_profit", "credit", "cash")),
    "finance": Role(message("Finance"), acts=_and("load", "undo", "settings", "close", "audit")),
    "production": Role(message("Production"), hidden=_without("margin", "sales_value", "dealer_profit", "credit", "promotion_depth", "cash")),
    "purchasing": Role(message("Purchasing"), hidden=_without("margin", "sales_value", "dealer_profit", "credit", "promotion_depth", "cash")),
    "customer_service": Role(message("Customer service"), hidden=_without("margin", "cost", "dealer_profit", "credit", "promotion_depth", "cash")),
    "product_development": Role(message("Product development"), hidden=_without("dealer_profit", "credit", "promotion_depth", "cash")),
    "administrator": Role(message("Administrator"), acts=frozenset(ACTS)),
}
"""Role -> what it sees and may do; the names are what groups of the sign-in are mapped to."""


def hidden_from(roles: Iterable[str]) -> frozenset[str]:
    """The facets that none of the roles may see; without any role, all of them."""
    hidden = frozenset(FACETS)
    for role in roles:
        hidden &= ROLES[role].hidden
    return hidden


def acts_of(roles: Iterable[str]) -> frozenset[str]:
    """What any of the roles may do."""
    return frozenset().union(*(ROLES[role].acts for role in roles))


def sees_all_rows(roles: Iterable[str]) -> bool:
    """Whether any of the roles sees all rows."""
    return any(ROLES[role].rows == ALL_ROWS for role in roles)
