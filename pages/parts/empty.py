"""Empty states: what is missing, why, and the one thing to do about it."""

from collections.abc import Callable

import streamlit as st

from engine.answers import desk, forms
from engine.language import say
from engine.messages import Message, message
from pages.parts import rooms, text
from pages.parts.view import View


def nothing_served(view: View) -> None:
    """No data at all yet: the way to the first own figure."""
    text.headline(view.say(message("There are no figures yet.")))
    if not view.scope.may("load"):
        text.prose(view.say(message("Whoever may load data here has not done so yet.")))
        return
    text.prose(view.say(message("Three files are enough for a start: products, sales and stock. Bring them as they are, or fill in the templates.")))
    with st.container(horizontal=True, gap="small"):
        st.page_link(rooms.page_named("load").file, label=view.say(message("Load files")), icon=":material/upload_file:")
        template(view, ("products", "sales", "stock"))


def outdated(view: View) -> None:
    """The data were built by another version of the program: one button builds them anew from the kept files."""
    text.headline(view.say(message("The program has changed since these data were built.")))
    if not view.scope.may("load"):
        text.prose(view.say(message("Whoever may load data here has to build them anew; nothing is lost.")))
        return
    text.prose(view.say(message("Build them anew from the files that were loaded; nothing is lost, and nothing has to be loaded again.")))
    if st.button(view.say(message("Build anew")), type="primary", key="rebuild"):
        with st.spinner(view.say(message("Building …"))):
            desk.rebuild(view.home, lambda event: None, view.scope)
        st.rerun()


def missing(view: View, names: tuple[str, ...]) -> None:
    """The tables that a page lacks, each with its template to fill in; nothing where none is missing."""
    if not names:
        return
    labels = forms.labels(view.language)
    with st.container(border=True):
        text.prose(view.say(message("For a complete picture this page lacks: {tables}.", tables=[labels.get(name, name) for name in names])))
        if not view.scope.may("load"):
            return
        with st.container(horizontal=True, gap="small"):
            st.page_link(rooms.page_named("load").file, label=view.say(message("Load files")), icon=":material/upload_file:")
            template(view, names)


def template(view: View, names: tuple[str, ...]) -> None:
    """Buttons that hand out the empty files of some tables, with headings in the reader's language."""
    labels = forms.labels(view.language)
    for name in names:
        st.download_button(
            text.label(view.say(message("Template: {table}", table=labels.get(name, name)))),
            data=_workbook(name, view.language),
            file_name=f"{name}.xlsx",
            key=f"template-{name}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _workbook(name: str, language: str) -> Callable[[], bytes]:
    """Made when it is asked for."""
    return lambda: forms.template(name, language)


def picture(why: str, height: int) -> None:
    """The place of a picture that cannot be drawn, as high as the picture would be."""
    with st.container(border=True, height=height, vertical_alignment="center", horizontal_alignment="center"):
        text.small(why)


def sentence(view: View, said: Message) -> None:
    """One sentence where a table or list has no rows."""
    text.small(say(said, view.language, view.currency))
