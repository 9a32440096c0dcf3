"""From a row of any table to the page of its dealer."""

from typing import Any

import streamlit as st

from pages.parts import rooms
from pages.parts.frame import address


def to_dealer(picked: dict[str, Any] | None) -> None:
    """A clicked row leads to the dealer that it is about; no row leads nowhere."""
    if picked is not None:
        st.switch_page(rooms.page_named("dealer").file, query_params=address.link({"dealer_id": [str(picked["dealer_id"])]}))
