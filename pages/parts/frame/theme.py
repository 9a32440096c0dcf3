"""Language and theme of the browser's own page, which Streamlit gives no word for.

The theme is remembered where Streamlit itself remembers it, once for each page's address, and then the page is loaded anew; what
was chosen is in the address and comes back with it.
"""

import streamlit as st

from pages.parts import rooms, scripts
from pages.parts.frame import SPOKEN

_WISH = "gr-theme-wish"


def wish() -> None:
    """The theme was changed: the next run tells the browser."""
    st.session_state[_WISH] = st.session_state["gr-theme"]


def apply(language: str) -> None:
    """Tell the browser the language of the page and, where it was just changed, the theme."""
    scripts.run(scripts.SPEAK, language=SPOKEN[language])
    wished = st.session_state.pop(_WISH, None)
    if wished in ("light", "dark"):
        scripts.run(scripts.PAINT, theme=wished.capitalize(), paths=" ".join(["/", *(f"/{page.name}" for page in rooms.pages())]))
