"""What was chosen stands in the address and nowhere else, so that every view is a link and Back works.

Streamlit's own binding writes a widget's *label* into the address; ours are said in three languages, and a link that a colleague
in Moscow sends to one in Beijing must open the same view. So the address holds names and codes: before a widget is drawn it is
given what the address says, and when it is changed the address is told.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st

NAMES = (
    "language", "period", "as_of", "first", "last", "compare", "item_kind", "sphere", "product_group", "line_id", "sku",
    "location_id", "region", "dealer_id", "channel", "version",
)  # fmt: skip
"""Every name that an address of ours may hold, in the order in which links write them."""


def all_of(name: str) -> tuple[str, ...]:
    """Every value that the address gives for a name."""
    return tuple(st.query_params.get_all(name))


def one_of(name: str, allowed: Iterable[str], default: str) -> str:
    """The value of a name; what is not allowed counts as not given."""
    given = st.query_params.get(name)
    return given if given in tuple(allowed) else default


def only(name: str) -> str | None:
    """The value of a name, whatever it is; None = not given."""
    return st.query_params.get(name)


def day(name: str) -> date | None:
    """The day of a name; None where it is missing or no day."""
    try:
        return date.fromisoformat(st.query_params.get(name) or "")
    except ValueError:
        return None


def write(name: str, values: Iterable[str]) -> None:
    """Put values under a name; none = take the name out."""
    kept = [value for value in values if value]
    if kept:
        st.query_params[name] = kept
    elif name in st.query_params:
        del st.query_params[name]


def heard(name: str, key: str, default: str | None = None) -> None:
    """A widget was changed: its value goes into the address, unless it is what the address means by saying nothing."""
    value = st.session_state[key]
    values = value if isinstance(value, list | tuple) else [value]
    write(name, [value.isoformat() if isinstance(value, date) else str(value) for value in values if value is not None and value != default])


def link(changes: Mapping[str, Iterable[str]] | None = None) -> dict[str, list[str]]:
    """The present address with changes, for a link to another page; an empty change takes a name out."""
    present = {name: list(all_of(name)) for name in NAMES} | {name: list(values) for name, values in (changes or {}).items()}
    return {name: values for name, values in present.items() if values}
