"""What somebody sees who is not inside: sign in, or why they may not come in. No figure, no name of the company, no way further."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import streamlit as st

from engine.answers.signing_in import DEFAULT, Visit
from engine.language import LANGUAGE_NAMES, LANGUAGES, nearest_language, say
from engine.messages import message
from pages.parts import frame, rooms, scripts, text
from pages.parts.frame import address
from pages.parts.gate.cookie import providers

LOOK = Path(__file__).parent / "look.css"
WAY_BACK = "granary-way-back"
_ARRIVED = "gr-arrived"


def sign_in() -> None:
    """The page for whoever has not signed in."""
    language = _begin()
    text.headline(say(message("Sign in to see the figures."), language))
    if address.only("sign_in") == "refused":
        text.prose(say(message("The sign-in did not succeed. Try again; if it goes on, tell whoever looks after Granary."), language))
    _roads_in(language)
    _languages(language)
    scripts.run(scripts.WAY_BACK)


def _roads_in(language: str) -> None:
    """A button for each provider."""
    named = [provider.name for provider in providers()]
    for name in named:
        label = say(message("Sign in"), language) if len(named) == 1 else say(message("Sign in with {provider}", provider=name), language)
        st.button(text.label(label), key=f"gr-sign-in-{name}", type="primary", icon=":material/login:", on_click=_to_provider, args=(name,))


def _to_provider(name: str) -> None:
    st.login(None if name == DEFAULT else name)


def sorry(visit: Visit, leave: Callable[[], None]) -> None:
    """The page for whoever signed in and may not come in: why, and what to do about it."""
    language = _begin()
    text.headline(say(visit.why or message("You may not come in."), language))
    if visit.is_over:
        _roads_in(language)
        scripts.run(scripts.WAY_BACK)
    elif visit.sign_in is not None:
        who = visit.sign_in.name or visit.sign_in.email or visit.sign_in.subject
        text.prose(say(message("You are signed in as {name}. Ask an administrator to put you on the list as:", name=who), language))
        st.code(visit.sign_in.key, language=None, wrap_lines=True)
    st.button(say(message("Sign out"), language), key="gr-sign-out", icon=":material/logout:", on_click=leave)
    _languages(language)


def _begin() -> str:
    """Make ready a page without rooms. Returns the reader's language."""
    language = address.one_of("language", LANGUAGES, nearest_language(st.context.locale))
    st.set_page_config(page_title="Granary", layout="centered")
    st.html(LOOK)
    frame.listed_pages()
    scripts.run(scripts.SPEAK, language=frame.SPOKEN[language])
    st.html('<p class="gr-brand">Granary</p>')
    return language


def _languages(language: str) -> None:
    st.session_state["gr-language"] = language
    st.segmented_control(
        say(message("Language"), language), list(LANGUAGE_NAMES), key="gr-language", format_func=LANGUAGE_NAMES.get, required=True,
        on_change=address.heard, args=("language", "gr-language"), label_visibility="collapsed",
    )  # fmt: skip


def back_to_where_one_was() -> None:
    """After signing in Streamlit opens Start: go on to the page that was asked for before. Only to a page of ours, with what an address of ours may say."""
    if st.session_state.get(_ARRIVED):
        return
    st.session_state[_ARRIVED] = True
    wished = way_back(st.context.cookies.get(WAY_BACK, ""))
    if wished is None:
        return
    name, query = wished
    scripts.run(scripts.ARRIVED)
    if st.context.url is not None and rooms.page_named(urlsplit(st.context.url).path).name == "start" and not st.query_params.to_dict():
        frame.listed_pages()
        st.switch_page(rooms.page_named(name).file, query_params=query)


def way_back(kept: str) -> tuple[str, dict[str, list[str]]] | None:
    """Page and query of an address that was kept while somebody signed in; None where it is no page of ours or just Start."""
    asked = urlsplit(unquote(kept))
    name = asked.path.rpartition("/")[2]
    query = {key: values for key, values in parse_qs(asked.query).items() if key in address.NAMES}
    if all(page.name != name for page in rooms.pages()) or (name == "start" and not query):
        return None
    return name, query
