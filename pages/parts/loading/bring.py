"""Bring files to the desk: from the browser, or a folder of the machine that serves."""

import streamlit as st

from engine.answers import desk as loading
from engine.answers import forms
from engine.answers.desk import Batch
from engine.errors import GranaryError
from engine.messages import message
from pages.parts import text
from pages.parts.loading import desk
from pages.parts.view import View

ENDINGS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "parquet", "gz", "json"]


def bring(view: View, at: desk.Desk) -> None:
    """The two ways in, and the button that has the files looked at."""
    uploaded, folder_side = st.columns(2, gap="large")
    with uploaded:
        text.heading(view.say(message("Files from your computer")))
        text.button_words("stFileUploaderDropzone", view.say(message("Choose files")))
        said = message("CSV, Excel or Parquet, several at once, as they are; also a mapping that a colleague saved")
        files = st.file_uploader(view.say(said), type=ENDINGS, accept_multiple_files=True, key=f"files-{at.number}")
    with folder_side:
        text.heading(view.say(message("A folder on this machine")))
        folder = st.text_input(view.say(message("Path of the folder; every table file in it is looked at")), key=f"folder-{at.number}", placeholder="…")
        profiles = loading.saved_profiles()
        profile = None
        if profiles:
            profile = st.selectbox(
                view.say(message("Mapping to use")), list(profiles), index=None, key=f"profile-{at.number}",
                format_func=lambda name: _called(view, *profiles[name]), placeholder=view.say(message("Find it by the headings")),
            )  # fmt: skip
    if st.button(view.say(message("Look at the files")), type="primary", disabled=not files and not folder.strip(), key="look"):
        try:
            taken = [loading.adopt_profile(file.name, file.getvalue(), view.scope) for file in files if file.name.lower().endswith(".json")]
            kept = tuple((loading.receive(file.name, file, view.scope), file.name) for file in files if not file.name.lower().endswith(".json"))
        except GranaryError as fault:
            at.fault = fault.said
        else:
            at.told = message("Kept as a mapping: {names}.", names=taken) if taken else None
            if not kept and not folder.strip():
                st.rerun()
            at.batch, at.answers = Batch(kept, None if kept else folder.strip(), profile), {}
            desk.look(view, at)
        st.rerun()


def _called(view: View, table: str, headings: tuple[str, ...]) -> str:
    """How a remembered mapping is called on screen: its table and the headings by which it is found."""
    return f"{forms.labels(view.language).get(table, table)}: {', '.join(headings)}"
