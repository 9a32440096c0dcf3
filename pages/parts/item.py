"""The pieces of the page of one item."""

from datetime import date
from typing import Any

from engine.answers.answer import Answer, Column
from engine.messages import Message, message
from pages.parts import tables, text
from pages.parts.view import View

FIELDS: tuple[tuple[str, Message, str], ...] = (
    ("sku", message("Code"), "code"),
    ("sphere", message("Sphere"), "text"),
    ("product_group", message("Group"), "text"),
    ("line_name", message("Line"), "text"),
    ("unit_cost", message("Unit cost"), "money_per_unit"),
    ("list_price", message("List price"), "money_per_unit"),
    ("catalogue_on", message("In the catalogue since"), "date"),
    ("withdrawn_on", message("Withdrawn on"), "date"),
    ("open_qty", message("On order"), "qty"),
    ("first_promised_on", message("First promised for"), "date"),
)
DEALERS = (
    Column("dealer_id", message("Dealer"), "code"),
    Column("dealer_name", message("Name"), "text"),
    Column("region", message("Region"), "text"),
    Column("qty", message("Quantity sold"), "qty"),
    Column("net_value", message("Net sales"), "money"),
    Column("last_on", message("Last bought on"), "date"),
)


def passport(view: View, answer: Answer) -> None:
    """What is known of the item itself, in one line."""

    def known(name: str) -> Any:
        value: Any = answer.facts.get(name)
        return value if value not in (None, "") and (not isinstance(value, float) or value or isinstance(value, date)) else None

    text.small(*(f"{view.say(label)} {view.text(known(name), unit)}" for name, label, unit in FIELDS if known(name) is not None))


def dealers(view: View, answer: Answer) -> None:
    """Who bought most of it in the window."""
    found = answer.extra["dealers"]
    columns = [column for column in DEALERS if column.name in found.columns]
    text.heading(view.say(message("Who buys it")))
    tables.rows(view, found, columns, alt=view.say(message("Who buys it")), key="dealers", bars=("net_value",))
