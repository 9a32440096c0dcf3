"""The address read as a selection: period, comparison, goods and places."""

import polars as pl
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
    else:
        column = _column(name, choices)
    return column.drop_nulls().unique(maintain_order=True).to_list()


def chosen(name: str, choices: Choices) -> list[str]:
    """The values of a filter that the address names and the data know."""
    given = address.all_of(name)
    allowed = set(options(name, choices)) if given else set()
    return [value for value in given if value in allowed]


def unknown(name: str, choices: Choices) -> list[str]:
    """The values of a filter that the address names and the data do not know at all (one that another filter leaves out is no stranger)."""
    given = address.all_of(name)
    known_values = set(_column(name, choices).drop_nulls().to_list()) if given else set()
    return [value for value in given if value not in known_values]


def unknown_one(name: str, choices: Choices) -> str | None:
    """The code that the address asks for on a page about one thing, where the data know none of those it names."""
    given = address.all_of(name)
    return given[0] if given and len(unknown(name, choices)) == len(given) else None


def item(choices: Choices) -> str | None:
    """The one item that is looked at: the first that the address names; where it names none, the first there is; None where it is unknown."""
    return _one_of("sku", choices)


def dealer(choices: Choices) -> str | None:
    """The one dealer that is looked at, found in the same way."""
    return _one_of("dealer_id", choices)


def _one_of(name: str, choices: Choices) -> str | None:
    if unknown_one(name, choices) is not None:
        return None
    codes = _column(name, choices).to_list()
    return next((value for value in address.all_of(name) if value in set(codes)), codes[0] if codes else None)


def _column(name: str, choices: Choices) -> pl.Series:
    frame = choices.goods if name in TREE else choices.places if name == "location_id" else choices.dealers
    return frame[name]


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
