"""The way into every page: read the address, draw the frame, run the page, say what went wrong in one sentence."""

from pathlib import Path

import streamlit as st

from engine.answers import served
from engine.errors import GranaryError, NothingServed
from engine.language import LANGUAGES, nearest_language, say
from engine.scope import Scope
from pages.parts import empty, frame, rooms, viewing_as, watched, who
from pages.parts.frame import address, chips, condition, foot, foreign, head, selecting, unknown
from pages.parts.view import View

ALWAYS_OPEN = ("load", "settings", "audit", "people")
"""Pages that need no data, or none that this program can read."""
LOOK = Path(__file__).parents[1] / "look.css"


def make_pages_known() -> None:
    """Tell a fresh server that the list of pages comes from us.

    Until that was said, Streamlit takes the folder `pages/` for a list of its own, and whoever asks for a deep link first reads
    that the page does not exist.
    """
    frame.listed_pages()


def open_page(scope: Scope) -> None:
    """Draw the frame for who asks, and run the page that the address names."""
    home, is_demo, newest, settings = served.home_and_version()
    scope = viewing_as.seen(who.named(scope, home))
    version = served.kept_version(home, address.only("version")) or newest
    language = address.one_of("language", LANGUAGES, nearest_language(st.context.locale, settings["language"]))
    listed = {page.name: frame.listed_page(page, say(page.title, language)) for page in rooms.pages()}
    by_name = frame.first_page_by_name()
    st.set_page_config(layout="wide")
    st.html(LOOK)
    running = st.navigation([*listed.values(), by_name], position="hidden")
    if running is by_name:
        st.switch_page(listed[frame.FIRST], query_params=address.link())
    page = next(page for page in rooms.pages() if listed[page.name] is running)
    is_readable = version is not None and served.is_of_today(home, version)
    known = selecting.known(home, version, scope) if version is not None and is_readable else served.NO_CHOICES
    view = View(
        page.name, language, scope, selecting.selection(page, known), home, is_demo, version,
        currency=settings["currency"], dark=st.context.theme.type == "dark", window_days=settings["window_days"],
        filters=chips.said_filters(language, page, known), palette=settings["variance_colours"],
        band=(settings["supply_band_low_days"], settings["supply_band_high_days"]),
    )  # fmt: skip
    viewing_as.banner(view)
    head.draw(view, page, listed)
    condition.tell(view)
    if rooms.may_open(scope, page):
        chips.draw(view, page, known)
        foreign.tell(view, known)
    foot.say_of_which_version(view, page, newest)
    frame.admit(view)
    try:
        if is_readable or version is None or page.name in ALWAYS_OPEN or not rooms.may_open(scope, page):
            if not rooms.may_open(scope, page) or unknown.say_so(view, page, known):
                running.run()
                watched.looked(view)
        else:
            empty.outdated(view)
    except NothingServed:
        empty.nothing_served(view)
    except GranaryError as fault:
        st.error(view.say(fault.said))
    finally:
        frame.close()
    if is_readable:
        foot.draw(view, page)
