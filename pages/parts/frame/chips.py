"""The chips under the head: period, comparison, goods, places. Each says what is set; opened, it lets one set it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from engine.answers.served import Choices
from engine.language import say
from engine.messages import Message, message
from pages.parts import rooms, text
from pages.parts.frame import address, selecting
from pages.parts.frame.period import COMPARISONS, PERIODS
from pages.parts.rooms import Page
from pages.parts.view import View

FILTERS: dict[str, Message] = {
    "sphere": message("Sphere"),
    "product_group": message("Group"),
    "line_id": message("Line"),
    "sku": message("Product"),
    "location_id": message("Location"),
    "region": message("Region"),
    "dealer_id": message("Dealer"),
    "channel": message("Channel"),
}
KINDS: dict[str, Message] = {"product": message("Products"), "material": message("Materials"), "all": message("Products and materials")}


def draw(view: View, page: Page, choices: Choices) -> None:
    """The row of chips that a page listens to; nothing where there is nothing to choose from."""
    if not page.chips or choices.last_day is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="gr-chips"):
        for chip in page.chips:
            {"period": _period, "day": _as_of, "goods": _goods, "item": _item, "places": _places, "areas": _areas, "dealer": _dealer}[chip](view, choices)


def _chip(name: str, shown: str, icon: str) -> Any:
    """A chip that says what is set; what can be set is drawn only while it is open, so a closed one costs nothing."""
    return st.popover(text.label(shown), icon=f":material/{icon}:", type="tertiary", key=f"gr-chip-{name}", on_change="rerun")


def _period(view: View, choices: Choices) -> None:
    period = _chip("period", _said_period(view, choices), "calendar_today")
    if period.open:
        with period:
            usual = rooms.page_named(view.page).period
            _choice(view, "period", view.say(message("Period")), PERIODS, usual)
            if address.one_of("period", PERIODS, usual) == "own":
                _day("first", view.say(message("First day")), address.day("first") or choices.first_day)
                _day("last", view.say(message("Last day")), address.day("last") or choices.last_day)
            _day("as_of", view.say(message("Stock as of")), address.day("as_of") or choices.last_day, choices.last_day)
    comparison = _chip("compare", _said_comparison(view), "compare_arrows")
    if comparison.open:
        with comparison:
            _choice(view, "compare", view.say(message("Compared")), COMPARISONS, "last_year")


def _as_of(view: View, choices: Choices) -> None:
    """The day of the stock alone, for pages that ask nothing of a period."""
    as_of = view.selection.as_of or choices.last_day
    chip = _chip("day", view.say(message("Stock as of {as_of_on}", as_of_on=as_of)), "calendar_today")
    if chip.open:
        with chip:
            _day("as_of", view.say(message("Stock as of")), address.day("as_of") or choices.last_day, choices.last_day)


def _said_period(view: View, choices: Choices) -> str:
    selection = view.selection
    if selection.first and selection.last:
        return view.say(message("{first_on} – {last_on}", first_on=selection.first, last_on=selection.last))
    return view.say(message("{n} days to {last_on}", n=view.window_days, last_on=selection.as_of or choices.last_day))


def _said_comparison(view: View) -> str:
    return view.say(message("Compared {against}", against=COMPARISONS[view.selection.compare or "none"]))


def _goods(view: View, choices: Choices) -> None:
    chip = _chip("goods", _said_filters(view.language, choices, selecting.TREE) or view.say(message("All goods")), "account_tree")
    if chip.open:
        with chip:
            _choice(view, "item_kind", view.say(message("Kind of item")), KINDS, selecting.KINDS[0])
            for name in selecting.TREE:
                _several(view, name, choices)


def _places(view: View, choices: Choices) -> None:
    chip = _chip("places", _said_filters(view.language, choices, selecting.PLACES) or view.say(message("All places")), "location_on")
    if chip.open:
        with chip:
            for name in selecting.PLACES:
                _several(view, name, choices)


def _areas(view: View, choices: Choices) -> None:
    """Regions and channels, for pages that list dealers: the one that was looked at last must not narrow them to itself."""
    chip = _chip("areas", _said_filters(view.language, choices, selecting.AREAS) or view.say(message("All regions")), "location_on")
    if chip.open:
        with chip:
            for name in selecting.AREAS:
                _several(view, name, choices)


def _item(view: View, choices: Choices) -> None:
    _one(view, "sku", "gr-item", view.say(message("Product")), _names("sku", choices), selecting.item(choices))


def _dealer(view: View, choices: Choices) -> None:
    _one(view, "dealer_id", "gr-dealer", view.say(message("Dealer")), _names("dealer_id", choices), selecting.dealer(choices))


def _one(view: View, name: str, key: str, title: str, names: dict[str, str], looked_at: str | None) -> None:
    """The one thing that a page is about, to be changed for another; nothing where there is none."""
    if not names:
        return
    selecting.put(key, looked_at)
    st.selectbox(
        title, list(names), key=key, format_func=lambda value: names.get(value, value), label_visibility="collapsed", width=420,
        on_change=address.heard, args=(name, key), index=None if looked_at is None else 0, placeholder=view.say(message("Choose …")),
    )  # fmt: skip


def said_filters(language: str, page: Page, choices: Choices) -> str:
    """All filters that are set on a page, as one line; empty where none is."""
    names = {"goods": selecting.TREE, "places": selecting.PLACES, "areas": selecting.AREAS}
    parts = [_said_filters(language, choices, names[chip]) for chip in page.chips if chip in names]
    return " · ".join(part for part in parts if part)


def _said_filters(language: str, choices: Choices, names: tuple[str, ...]) -> str:
    """The first value of each filter that is set, and how many more."""
    parts = []
    for name in names:
        values = selecting.chosen(name, choices)
        if values:
            more = " " + say(message("+{n} more", n=len(values) - 1), language) if len(values) > 1 else ""
            parts.append(_names(name, choices).get(values[0], values[0]) + more)
    kind = address.one_of("item_kind", KINDS, selecting.KINDS[0])
    if names == selecting.TREE and kind != selecting.KINDS[0]:
        parts.insert(0, say(KINDS[kind], language))
    return " · ".join(parts)


def _names(name: str, choices: Choices) -> dict[str, str]:
    """Code → what is shown for it."""
    sources: dict[str, Callable[[], tuple[list[str], list[str]]]] = {
        "line_id": lambda: (choices.goods["line_id"].to_list(), choices.goods["line_name"].to_list()),
        "sku": lambda: (choices.goods["sku"].to_list(), choices.goods["product_name"].to_list()),
        "location_id": lambda: (choices.places["location_id"].to_list(), choices.places["location_name"].to_list()),
        "dealer_id": lambda: (choices.dealers["dealer_id"].to_list(), choices.dealers["dealer_name"].to_list()),
    }
    if name not in sources:
        return {}
    codes, names = sources[name]()
    return {code: f"{shown} ({code})" if shown and shown != code else code for code, shown in zip(codes, names, strict=True) if code}


def _several(view: View, name: str, choices: Choices) -> None:
    options, key = selecting.options(name, choices), f"gr-{name}"
    if not options:
        return
    names = _names(name, choices)
    selecting.put(key, selecting.chosen(name, choices))
    st.multiselect(
        view.say(FILTERS[name]), options, key=key, format_func=lambda value: names.get(value, value), placeholder=view.say(message("All")),
        on_change=address.heard, args=(name, key),
    )  # fmt: skip


def _choice(view: View, name: str, title: str, options: dict[str, Message], default: str) -> None:
    key = f"gr-{name}"
    selecting.put(key, address.one_of(name, options, default))
    st.radio(title, list(options), key=key, format_func=lambda value: view.say(options[value]), on_change=address.heard, args=(name, key, default))


def _day(name: str, title: str, value: date | None, default: date | None = None) -> None:
    key = f"gr-{name}"
    selecting.put(key, value)
    st.date_input(title, key=key, format="YYYY-MM-DD", on_change=address.heard, args=(name, key, default))
