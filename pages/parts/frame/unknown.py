"""A link that names what the data do not know: said, never silently taken for something else."""

from engine.answers.served import Choices
from engine.messages import Message, message
from pages.parts import text
from pages.parts.frame import foreign, selecting
from pages.parts.rooms import Page
from pages.parts.view import View

ONE: dict[str, tuple[str, Message]] = {
    "item": ("sku", message("There is no product “{code}” in these data. Choose one from the list above.")),
    "dealer": ("dealer_id", message("There is no dealer “{code}” in these data. Choose one from the list above.")),
}
"""Chips of pages about one thing: the name in the address, and what is said where the thing is unknown."""
SEVERAL: dict[str, tuple[str, ...]] = {"goods": selecting.TREE, "places": selecting.PLACES, "areas": selecting.AREAS}
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
    return True
