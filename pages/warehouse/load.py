"""Load: bring files, answer what they leave open, read the receipt, publish; and take a load back."""

import streamlit as st

from engine.messages import message
from pages.parts import text
from pages.parts.frame import guard
from pages.parts.loading.bring import bring
from pages.parts.loading.desk import desk
from pages.parts.loading.inbox import inbox, mending
from pages.parts.loading.receipt import receipt
from pages.parts.loading.standing import standing

view = guard()
at = desk()
text.headline(view.say(message("Bring your files as they are: nothing is published before you have seen the receipt.")))
if at.fault is not None:
    st.error(text.label(view.say(at.fault)))
if at.told is not None:
    st.success(text.label(view.say(at.told)))
if at.load is None:
    mending(view, at)
    inbox(view, at)
    bring(view, at)
    standing(view, at)
else:
    receipt(view, at)
