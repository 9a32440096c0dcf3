"""The few lines of script that we send to a browser: constants, so that the front door can name each by its hash and refuse every other.

What a script needs to know stands beside it in attributes of its own element, never inside of it.
"""

import base64
import hashlib
from html import escape

import streamlit as st

SPEAK = "document.documentElement.lang = document.currentScript.dataset.language;"
"""Tells the browser in which language the page is."""
PAINT = """const asked = document.currentScript.dataset;
for (const path of asked.paths.split(' ')) localStorage.setItem('stActiveTheme-' + path + '-v2', JSON.stringify(asked.theme));
location.reload();"""
"""Keeps the theme where Streamlit itself keeps it, once for each page's address, and loads the page anew."""
PERSON = "document.cookie = 'granary-person=' + encodeURIComponent(document.currentScript.dataset.code) + '; path=/; max-age=31536000; SameSite=Strict';"
"""Remembers on one's own machine who sits at it."""
WAY_BACK = "document.cookie = 'granary-way-back=' + encodeURIComponent(location.pathname + location.search) + '; path=/; max-age=900; SameSite=Lax';"
"""Remembers, while somebody signs in, which page they had asked for."""
ARRIVED = "document.cookie = 'granary-way-back=; path=/; max-age=0; SameSite=Lax';"
"""Forgets it again."""
OF_STREAMLIT = "\n      window.prerenderReady = false\n    "
"""The one inline script of Streamlit's own page."""
ALL = (SPEAK, PAINT, PERSON, WAY_BACK, ARRIVED, OF_STREAMLIT)


def run(script: str, **told: str) -> None:
    """Have the browser run one of our scripts; `told` is what it reads from its element."""
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
    st.html(f"<script{attributes}>{script}</script>", width="content", unsafe_allow_javascript=True)


def hashes() -> tuple[str, ...]:
    """Each script as a content security policy names it."""
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in ALL)
