"""What the disk does not let people do, in a line on every page."""

import streamlit as st

from engine.answers import alarms
from pages.parts import text
from pages.parts.view import View


def tell(view: View) -> None:
    """A banner where the disk is read-only or nearly full; nothing where all is well."""
    said = alarms.condition(view.home)
    if said is not None:
        st.warning(text.label(view.say(said)), icon=":material/hard_drive:")
