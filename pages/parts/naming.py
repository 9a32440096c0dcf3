"""Who decides: where nobody has said who they are, a page that keeps decisions asks for it first."""

import streamlit as st

from engine.answers import people
from engine.messages import message
from pages.parts import acting, text, who
from pages.parts.view import View

KEY = "naming"


def asked(view: View, place: str) -> None:
    """Ask for the name of whoever looks, once; nothing where it is known or nothing may be decided."""
    acting.told(view, KEY)
    if view.scope.is_named or not view.scope.may("decide"):
        return
    with st.container(border=True):
        text.small(view.say(message("Say who you are before you decide: a decision stands under a name.")))
        pick_side, name_side, go_side = st.columns([2, 2, 1], vertical_alignment="bottom")
        with pick_side:
            who.picker(view, place)
        name = name_side.text_input(view.say(message("Your name, if it is not on the list")), key=f"name-{place}", max_chars=people.LONGEST)
        if go_side.button(view.say(message("That is me")), key=f"me-{place}"):
            acting.act(KEY, lambda: who.become(people.add(view.home, name, view.scope)), message("Kept."))
