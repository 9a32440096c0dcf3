"""Which pages there are, in which rooms, and which chips of the frame each of them listens to.

There is no page directly in `pages/`: Streamlit would run such a file without the door when it is the first thing that a fresh
server is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.messages import Message, message
from engine.scope import Scope


@dataclass(frozen=True)
class Page:
    """One page. name: also its address and the key by which other pages lead to it.
    chips: `period`, `day` (the stock's), `goods`, `item`, `places`, `areas`, `dealer`.
    needs: input tables without which it has nothing to show. period: which period it shows where the address names none.
    facet: what must not be hidden from a role that opens it; act: what the role must be allowed; is_whole: it speaks of the company alone."""

    name: str
    file: str
    title: Message
    chips: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    period: str = "window"
    facet: str = ""
    act: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Room:
    """Pages that belong together; the first one is where the room's name leads."""

    title: Message
    pages: tuple[Page, ...]


_THREE = ("products", "sales", "stock")
ROOMS: tuple[Room, ...] = (
    Room(
        message("Start"),
        (
            Page("start", "pages/overview/start.py", message("Start"), ("period", "goods", "places"), _THREE),
            Page("reminders", "pages/overview/reminders.py", message("Reminders")),
        ),
    ),
    Room(
        message("S&OP meeting"),
        (
            Page("cycle", "pages/meeting/cycle.py", message("Cycle"), needs=_THREE, is_whole=True),
            Page("report", "pages/meeting/report.py", message("1 Report"), needs=_THREE, is_whole=True),
            Page("demand", "pages/meeting/demand.py", message("2 Demand"), needs=_THREE, is_whole=True),
            Page("supply", "pages/meeting/supply.py", message("3 Supply"), needs=_THREE, is_whole=True),
            Page("pre_meeting", "pages/meeting/pre_meeting.py", message("4 Pre-meeting"), needs=_THREE, is_whole=True),
            Page("executive", "pages/meeting/executive.py", message("5 Executive"), needs=_THREE, is_whole=True),
            Page("plan_of_record", "pages/meeting/plan_of_record.py", message("Plan of record"), needs=_THREE, is_whole=True),
            Page("promises", "pages/meeting/promises.py", message("Actions and promises"), needs=_THREE, is_whole=True),
        ),
    ),
    Room(
        message("Inventory"),
        (
            Page("health", "pages/inventory/health.py", message("Health"), ("period", "goods", "places"), _THREE),
            Page("replenishment", "pages/inventory/replenishment.py", message("Replenishment"), ("period", "goods", "places"), _THREE),
            Page("safety_stock", "pages/inventory/safety_stock.py", message("Safety stock"), ("day", "goods", "places"), _THREE),
            Page("channel", "pages/inventory/channel.py", message("Channel stock"), ("period", "goods", "places"), ("stock", "locations")),
            Page("lost_sales", "pages/inventory/lost_sales.py", message("Lost sales"), ("period", "goods", "places"), ("availability", "sales")),
            Page("dead_stock", "pages/inventory/dead_stock.py", message("Dead stock"), ("day", "goods", "places"), _THREE),
            Page("ageing", "pages/inventory/ageing.py", message("Ageing"), ("day", "goods", "places"), _THREE),
            Page("purpose", "pages/inventory/purpose.py", message("By purpose"), ("day", "goods", "places"), _THREE),
            Page("holding", "pages/inventory/holding.py", message("Cost of holding"), ("day", "goods", "places"), ("products", "stock")),
            Page("clearance", "pages/inventory/clearance.py", message("Clearance"), (), ("stock",)),
            Page("item", "pages/inventory/item.py", message("Item"), ("period", "item"), _THREE),
            Page("accuracy", "pages/inventory/accuracy.py", message("Record accuracy"), ("period", "goods", "places"), ("stocktakes",)),
            Page(
                "materials",
                "pages/inventory/materials.py",
                message("Materials"),
                ("period", "goods"),
                ("stock", "recipes", "materials"),
                facet="cost",
                is_whole=True,
            ),
        ),
    ),
    Room(
        message("Dealers"),
        (
            Page("dealer_desk", "pages/dealers/dealer_desk.py", message("Desk"), ("day", "areas"), ("dealers", "stock", "dealer_sales")),
            Page("dealer", "pages/dealers/dealer.py", message("Dealer"), ("day", "dealer"), ("dealers", "stock", "dealer_sales")),
            Page("scorecard", "pages/dealers/scorecard.py", message("Scorecard"), ("day", "areas"), ("dealers", "dealer_targets", "dealer_sales")),
            Page("review", "pages/dealers/review.py", message("Review sheet"), ("day", "dealer"), ("dealers", "sales")),
            Page("orders", "pages/dealers/orders.py", message("Suggested orders"), ("period", "areas"), _THREE),
            Page(
                "dealer_profit",
                "pages/dealers/dealer_profit.py",
                message("Profit"),
                ("period", "places"),
                ("dealer_mix", "dealer_costs"),
                "12m",
                "dealer_profit",
            ),
            Page("plan_changes", "pages/dealers/plan_changes.py", message("Plan changes"), ("period", "places"), ("order_changes", "orders"), "12m"),
            Page("credit", "pages/dealers/credit.py", message("Credit"), ("period", "places"), ("invoices", "credit_terms"), facet="credit"),
        ),
    ),
    Room(
        message("Assortment"),
        (
            Page("assortment", "pages/assortment/overview.py", message("Overview"), ("day", "goods", "areas"), _THREE, is_whole=True),
            Page("abc_xyz", "pages/assortment/abc_xyz.py", message("ABC–XYZ"), ("day", "goods", "areas"), _THREE, is_whole=True),
            Page("bcg", "pages/assortment/bcg.py", message("BCG"), ("day", "goods", "areas"), _THREE, facet="margin", is_whole=True),
            Page("price_map", "pages/assortment/price_map.py", message("Price map"), ("day", "goods"), _THREE, facet="sales_value", is_whole=True),
            Page(
                "competitors",
                "pages/assortment/competitors.py",
                message("Competitors"),
                ("day", "goods"),
                ("competitor_prices",),
                facet="sales_value",
                is_whole=True,
            ),
            Page("market", "pages/assortment/market.py", message("Market"), ("day", "goods"), ("market",), facet="sales_value", is_whole=True),
            Page("quarter", "pages/assortment/quarter.py", message("Quarterly review"), ("day",), _THREE, is_whole=True),
            Page("promotions", "pages/assortment/promotions.py", message("Promotions"), ("day",), ("promotions", "sales"), is_whole=True),
            Page("novelties", "pages/assortment/novelties.py", message("Novelties"), ("day", "goods"), _THREE, is_whole=True),
            Page("withdrawal", "pages/assortment/withdrawal.py", message("Withdrawal gate"), ("day", "goods"), _THREE, is_whole=True),
            Page("launch", "pages/assortment/launch.py", message("Launch gate"), ("day",), ("projects",), is_whole=True),
            Page("norms", "pages/assortment/norms.py", message("Norms"), ("day", "goods"), _THREE, is_whole=True),
            Page("requests", "pages/assortment/requests.py", message("Requests"), ("day", "goods", "areas"), ("requests", "sales")),
            Page("register", "pages/assortment/register.py", message("Register"), is_whole=True),
            Page("tree", "pages/assortment/tree.py", message("Tree"), ("day", "goods"), ("products",), is_whole=True),
        ),
    ),
    Room(message("Finance"), (Page("cash", "pages/finance/cash.py", message("Cash"), ("period",), ("cash",), "12m", "cash", is_whole=True),)),
    Room(
        message("Warehouse"),
        (
            Page("load", "pages/warehouse/load.py", message("Load"), act="load"),
            Page("quality", "pages/warehouse/quality.py", message("Quality")),
            Page("glossary", "pages/warehouse/glossary.py", message("Glossary")),
            Page("settings", "pages/warehouse/settings.py", message("Settings")),
            Page("people", "pages/warehouse/people.py", message("People and roles"), act="people"),
            Page("audit", "pages/warehouse/audit.py", message("Audit"), act="audit"),
        ),
    ),
)


def pages() -> Iterator[Page]:
    """Every page, in the order of the rooms."""
    for room in ROOMS:
        yield from room.pages


def may_open(scope: Scope, page: Page) -> bool:
    """Whether a page is for somebody: by what it shows, what it does, and whose rows it speaks of. Who looks on opens what the other may."""
    does = not page.act or scope.could(page.act)
    return does and (not page.facet or scope.shows(page.facet)) and (scope.sees_all or not page.is_whole)


def page_named(name: str) -> Page:
    """The page of a name, with or without its room in front (`inventory/health`); the first page for a name that is none."""
    short = name.rpartition("/")[2]
    return next((page for page in pages() if page.name == short), ROOMS[0].pages[0])


def room_of(page: Page) -> Room:
    return next(room for room in ROOMS if page in room.pages)
