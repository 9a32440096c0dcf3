"""From a row that was clicked to the page of its item."""

from typing import Any

import streamlit as st

from pages.parts import rooms
from pages.parts.frame import address


def to_item(row: dict[str, Any] | None) -> None:
    """Open the item of a row; nothing where none was clicked."""
    if row is not None and row.get("item_id"):
        st.switch_page(rooms.page_named("item").file, query_params=address.link({"sku": [str(row["item_id"])]}))
