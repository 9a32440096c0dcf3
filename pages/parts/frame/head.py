"""The head of every page: the name of the house, its rooms, the pages of the room, language and theme."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine.language import LANGUAGE_NAMES
from engine.messages import Message, message
from pages.parts import text, viewing_as, who
from pages.parts.frame import address, selecting, theme
from pages.parts.rooms import ROOMS, Page, may_open, room_of
from pages.parts.view import View

THEMES: dict[str, Message] = {"light": message("Light"), "dark": message("Dark")}


def draw(view: View, page: Page, listed: Mapping[str, Any]) -> None:
    """Rooms in the first row, the pages of the present room in the second; every link keeps what was chosen."""
    here = room_of(page)
    kept = address.link()
    with st.container(key="gr-nav", gap=None):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html('<p class="gr-brand">Granary</p>', width="content")
            for room in ROOMS:
                open_pages = [each for each in room.pages if may_open(view.scope, each)]
                if not open_pages:
                    continue
                title = text.label(view.say(room.title))
                st.page_link(listed[open_pages[0].name], label=f"**{title}**" if room is here else title, query_params=kept)
            st.space("stretch")
            _settings(view)
        if len(here.pages) > 1:
            with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
                for other in (each for each in here.pages if may_open(view.scope, each)):
                    st.page_link(listed[other.name], label=view.say(other.title), query_params=kept)


def _settings(view: View) -> None:
    shown = f"{view.scope.who} · {LANGUAGE_NAMES[view.language]}" if view.scope.is_named else LANGUAGE_NAMES[view.language]
    chip = st.popover(text.label(shown), icon=":material/language:", type="tertiary", key="gr-chip-settings", on_change="rerun")
    if chip.open:
        with chip:
            who.picker(view, "chip")
            viewing_as.picker(view)
            selecting.put("gr-language", view.language)
            st.radio(
                view.say(message("Language")), list(LANGUAGE_NAMES), key="gr-language", format_func=LANGUAGE_NAMES.get, on_change=address.heard,
                args=("language", "gr-language"),
            )  # fmt: skip
            selecting.put("gr-theme", "dark" if view.dark else "light")
            st.radio(view.say(message("Theme")), list(THEMES), key="gr-theme", format_func=lambda name: view.say(THEMES[name]), on_change=theme.wish)
    theme.apply(view.language)
    who.remember()
