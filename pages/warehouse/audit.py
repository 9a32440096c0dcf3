"""Audit: who came in, looked, took away, loaded, set and decided, and when; searched by words, act, person and day."""

import streamlit as st

from engine.messages import message
from pages.parts import audit, text
from pages.parts.frame import guard

view = guard()
head = st.container()
answer = audit.found(view)
with head:
    text.headline(view.say(answer.headline), view.say(message("nobody can change what stands here; times are UTC")))
audit.lines(view, answer)
