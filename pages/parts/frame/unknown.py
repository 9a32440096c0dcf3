"""A link that names what the data do not know: said, never silently taken for something else."""

from engine.answers.served import Choices
from engine.messages import Message, message
from pages.parts import text
from pages.parts.frame import address, foreign, selecting
from pages.parts.rooms import Page
from pages.parts.view import View

ONE: dict[str, tuple[str, Message]] = {
    "item": ("sku", message("There is no product “{code}” in these data. Choose one from the list above.")),
    "dealer": ("dealer_id", message("There is no dealer “{code}” in these data. Choose one from the list above.")),
}
"""Chips of pages about one thing: the name in the address, and what is said where the thing is unknown."""
SEVERAL: dict[str, tuple[str, ...]] = {"goods": selecting.TREE, "places": selecting.PLACES, "areas": selecting.AREAS}
DAYS: dict[str, tuple[str, ...]] = {"period": ("as_of", "first", "last"), "day": ("as_of",)}
"""Chips of days: the names in the address."""
LONGEST = 60


def say_so(view: View, page: Page, choices: Choices) -> bool:
    """Say which codes of the address are unknown. Returns whether the page can be shown: not where the one thing that it is about is unknown."""
    if choices.last_day is None:
        return True
    for chip, (name, said) in ONE.items():
        if chip in page.chips and (code := selecting.unknown_one(name, choices)):
            text.headline(view.say(Message(said.text, (("code", code[:LONGEST]),))))
            return False
    names = [name for chip in page.chips for name in SEVERAL.get(chip, ()) if view.scope.sees_all or name not in foreign.NAMES]
    lost = [code for name in names for code in selecting.unknown(name, choices)]
    if lost:
        text.prose(view.say(message("These data do not know {codes}; that part of the link was left out.", codes=[code[:LONGEST] for code in lost[:5]])))
    _say_of_days(view, page)
    return True


def _say_of_days(view: View, page: Page) -> None:
    """Which days of the address were left out: what is no day, and a period that ends before it begins."""
    names = [name for chip in page.chips for name in DAYS.get(chip, ())]
    wrong = [given for name in names if (given := address.only(name)) and address.day(name) is None]
    if wrong:
        text.prose(view.say(message("These days of the link cannot be read and were left out: {found}. Write them like 2025-10-31.", found=[
            given[:LONGEST] for given in wrong])))  # fmt: skip
    first, last = address.day("first"), address.day("last")
    if "period" in page.chips and address.only("period") == "own" and first and last and first > last:
        text.prose(view.say(message("The first day of the link lies after its last day; both were left out.")))
