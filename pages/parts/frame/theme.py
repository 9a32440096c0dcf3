"""Language and theme of the browser's own page, which Streamlit gives no word for: two lines of script with constants only.

The theme is remembered where Streamlit itself remembers it, once for each page's address, and then the page is loaded anew; what
was chosen is in the address and comes back with it.
"""

import streamlit as st

from pages.parts import rooms

_WISH = "gr-theme-wish"
_REMEMBER = "for (const path of {paths}) localStorage.setItem('stActiveTheme-' + path + '-v2', JSON.stringify('{name}')); location.reload();"
_SPOKEN = {"en": "en", "zh": "zh-Hans", "ru": "ru"}


def wish() -> None:
    """The theme was changed: the next run tells the browser."""
    st.session_state[_WISH] = st.session_state["gr-theme"]


def apply(language: str) -> None:
    """Tell the browser the language of the page and, where it was just changed, the theme."""
    script = f"document.documentElement.lang = '{_SPOKEN[language]}';"
    wished = st.session_state.pop(_WISH, None)
    if wished in ("light", "dark"):
        paths = str(["/", *(f"/{page.name}" for page in rooms.pages())])
        script += _REMEMBER.format(paths=paths, name=wished.capitalize())
    st.html(f"<script>{script}</script>", width="content", unsafe_allow_javascript=True)
