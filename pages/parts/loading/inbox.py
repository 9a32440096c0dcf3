"""The inbox and the one button that closes the month: load what lies there, publish, put it away."""

from typing import Any

import streamlit as st

from engine.answers import alarms, closing
from engine.answers import desk as loading
from engine.answers.desk import Batch
from engine.errors import GranaryError
from engine.messages import Message, message, plural
from pages.parts import text
from pages.parts.loading import desk
from pages.parts.view import View

SHOWN = 5


def mending(view: View, at: desk.Desk) -> None:
    """Where a damaged version was left for the one below it: what happened, and the button that makes it anew."""
    said = alarms.fallen(view.home)
    if said is None:
        return
    st.warning(text.label(view.say(said)), icon=":material/healing:")
    if st.button(view.say(message("Build anew from the loaded files")), key="mend"):
        try:
            with st.spinner(view.say(message("Building …"))):
                version = loading.rebuild(view.home, lambda event: None, view.scope)
        except GranaryError as fault:
            at.fault = fault.said
        else:
            at.told = message("Version {version} was built anew from the loaded files and is served.", version=version)
        st.rerun()


def inbox(view: View, at: desk.Desk) -> None:
    """What waits in the inbox, and the button; where nothing waits, nothing."""
    waiting = closing.waiting()
    if not waiting:
        return
    text.heading(view.say(message("Close the month")))
    listed = [*waiting[:SHOWN], *(["…"] if len(waiting) > SHOWN else [])]
    text.prose(view.say(plural("{n} file waits in the inbox: {files}.", "{n} files wait in the inbox: {files}.", n=len(waiting), files=listed)))
    text.small(view.say(message("They are published at once, unless a file leaves something open; Undo takes it back.")))
    if st.button(view.say(message("Load, publish and put away")), key="close-month", icon=":material/event_available:"):
        _close(view, at)
        st.rerun()


def _close(view: View, at: desk.Desk) -> None:
    """Close; what leaves something open lies on the desk then, as if it had been brought by hand."""
    bar = st.progress(0.0, text=view.say(desk.STAGES["contracts"]))

    def show(event: dict[str, Any]) -> None:
        said = desk.STAGES.get(str(event.get("stage")), desk.STAGES["close"])
        shown = Message(said.text, (("what", str(event.get("what", ""))),) if "{what}" in said.text else ())
        bar.progress(min(1.0, max(0.0, float(event.get("share", 0.0)))), text=text.label(view.say(shown)))

    try:
        done = closing.close_own(show, view.scope)
    except GranaryError as fault:
        at.fault = fault.said
        return
    finally:
        bar.empty()
    if done.is_stopped:
        at.batch, at.answers = Batch(folder=closing.own_inbox()), {}
        desk.look(view, at)
        at.told = message("Nothing was published yet: a file leaves something open. Settle it, publish, and close once more.")
        return
    desk.clear(at)
    at.fault, at.told = None, _said(done)


def _said(done: closing.Closed) -> Message:
    if not done.published:
        return message("Every file was loaded before; they were put away.") if done.moved else message("The inbox holds nothing that can be loaded.")
    return plural(
        "Version {version} is served from now on; {n} file was put away. Start says what changed.",
        "Version {version} is served from now on; {n} files were put away. Start says what changed.",
        n=len(done.moved), version=done.version or 0,
    )  # fmt: skip
