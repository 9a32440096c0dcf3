"""What lies on the loading desk of one browser, and the acts that change it."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from engine.answers import desk as loading
from engine.answers.answer import Answer
from engine.answers.desk import Batch, Load
from engine.errors import GranaryError
from engine.messages import Message, message
from engine.scope import Scope
from pages.parts.text import label
from pages.parts.view import View

_KEY = "gr-desk"

STAGES: dict[str, Message] = {
    "copy": message("Copying what is served"),
    "contracts": message("Preparing"),
    "read": message("Reading {what}"),
    "merge": message("Checking {what}"),
    "layers": message("Adding up"),
    "checks": message("Checking the whole"),
    "close": message("Finishing"),
}


@dataclass
class Desk:
    """batch: the files that were brought. answers: file -> option -> value, as the user settled them. load: what was found.
    rejects: the rows that would not be loaded.
    fault: why the last act failed. told: what the last act did. number: rises with every new look, so that widgets start afresh."""

    batch: Batch | None = None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    load: Load | None = None
    rejects: Answer | None = None
    fault: Message | None = None
    told: Message | None = None
    number: int = 0


def desk() -> Desk:
    """The desk of this browser."""
    found: Desk = st.session_state.setdefault(_KEY, Desk())
    return found


def look(view: View, at: Desk) -> None:
    """Read and check the batch, with a bar; what was looked at before is thrown away."""
    if at.load is not None:
        _quietly_discard(at.load)
    at.load, at.rejects, at.fault, at.told, at.number = None, None, None, None, at.number + 1
    bar = st.progress(0.0, text=view.say(STAGES["contracts"]))

    def show(event: dict[str, Any]) -> None:
        said = STAGES.get(event.get("stage", ""))
        if said is not None:
            shown = Message(said.text, (("what", str(event.get("what", ""))),) if "{what}" in said.text else ())
            bar.progress(min(1.0, max(0.0, float(event.get("share", 0.0)))), text=label(view.say(shown)))

    try:
        at.load = loading.look(at.batch or Batch(), at.answers, show, view.scope)
        at.rejects = loading.rejects(at.load)
    except GranaryError as fault:
        at.fault = fault.said
    bar.empty()


def publish(view: View, at: Desk) -> None:
    """Serve what was looked at."""
    if at.load is None:
        return
    try:
        version = loading.publish(at.load, view.scope)
    except GranaryError as fault:
        at.fault = fault.said
        return
    clear(at)
    at.told = message("Version {version} is served from now on.", version=version)


def discard(view: View, at: Desk) -> None:
    """Throw away what was looked at; the files are forgotten."""
    if at.load is not None:
        _quietly_discard(at.load, view.scope)
    clear(at)


def undo(view: View, at: Desk) -> None:
    """Go back to the version below."""
    try:
        undone, served = loading.undo(view.scope)
    except GranaryError as fault:
        at.fault = fault.said
        return
    clear(at)
    at.told = message("Version {undone_version} was taken back; version {version} is served again.", undone_version=undone, version=served)


def clear(at: Desk) -> None:
    """An empty desk."""
    at.batch, at.load, at.rejects, at.fault, at.told, at.answers, at.number = None, None, None, None, None, {}, at.number + 1


def _quietly_discard(load: Load, scope: Scope | None = None) -> None:
    """A candidate that is already gone is as good as discarded."""
    try:
        loading.discard(load, scope)
    except GranaryError:
        return
