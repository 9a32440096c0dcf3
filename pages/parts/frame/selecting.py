"""The address read as a selection: period, comparison, goods and places."""

import streamlit as st

from engine.answers.served import Choices
from engine.scope import Scope
from engine.selection import Selection
from pages.parts import asking
from pages.parts.frame import address
from pages.parts.frame.period import COMPARISONS, PERIODS, days_of
from pages.parts.rooms import Page

KINDS = ("product", "material", "all")
TREE = ("sphere", "product_group", "line_id", "sku")
PLACES = ("location_id", "region", "dealer_id", "channel")
AREAS = ("region", "channel")


def known(home: str, version: int, scope: Scope) -> Choices:
    """What there is to choose from."""
    return asking.choices(home, version, scope)


def options(name: str, choices: Choices) -> list[str]:
    """The values that a filter may take, in the order of the data; goods only below what was chosen above them."""
    if name in TREE:
        goods = choices.goods
        for above in TREE[: TREE.index(name)]:
            chosen = [value for value in address.all_of(above) if value in set(goods[above])]
            if chosen:
                goods = goods.filter(goods[above].is_in(chosen))
        column = goods[name]
    elif name == "location_id":
        column = choices.places[name]
    else:
        column = choices.dealers[name]
    return column.drop_nulls().unique(maintain_order=True).to_list()


def chosen(name: str, choices: Choices) -> list[str]:
    """The values of a filter that the address names and the data know."""
    given = address.all_of(name)
    allowed = set(options(name, choices)) if given else set()
    return [value for value in given if value in allowed]


def item(choices: Choices) -> str | None:
    """The one item that is looked at: the first that the address names, else the first there is."""
    goods = choices.goods["sku"].to_list()
    return next((value for value in address.all_of("sku") if value in set(goods)), goods[0] if goods else None)


def dealer(choices: Choices) -> str | None:
    """The one dealer that is looked at: the first that the address names, else the first there is."""
    dealers = choices.dealers["dealer_id"].to_list()
    return next((value for value in address.all_of("dealer_id") if value in set(dealers)), dealers[0] if dealers else None)


def selection(page: Page, choices: Choices) -> Selection:
    """What the address asks for on a page; what the page has no chip for does not count there."""
    period = address.one_of("period", PERIODS, page.period)
    as_of = address.day("as_of")
    first, last = days_of(period, as_of or choices.last_day, address.day("first"), address.day("last"))
    if "day" in page.chips:
        first, last = None, None
    compare = address.one_of("compare", COMPARISONS, "last_year")
    names = [*(TREE if "goods" in page.chips else ()), *(PLACES if "places" in page.chips else AREAS if "areas" in page.chips else ())]
    where = {name: tuple(values) for name in names if (values := chosen(name, choices))}
    if "item" in page.chips and (looked_at := item(choices)):
        where["sku"] = (looked_at,)
    if "dealer" in page.chips and (met := dealer(choices)):
        where["dealer_id"] = (met,)
    kind = address.one_of("item_kind", KINDS, KINDS[0])
    if "goods" in page.chips and kind != KINDS[0]:
        where["item_kind"] = (kind,)
    return Selection(as_of, first, last, (), tuple(where.items()), None if compare == "none" else compare)


def put(key: str, value: object) -> None:
    """Give a widget what the address says, before it is drawn."""
    st.session_state[key] = value
