"""Pieces of the page of reminders: what is due, where one's reminders go, and what became of those that went out."""

import json
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import contacts, telling
from engine.answers.answer import Answer, Column
from engine.answers.contacts import Contact
from engine.errors import GranaryError
from engine.language import LANGUAGE_NAMES, NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import rooms, tables, text, who
from pages.parts.frame import address
from pages.parts.view import View

TOLD = "gr-reminders-told"
MINE, ALL = "mine", "all"
WHOSE: dict[str, Message] = {MINE: message("Mine"), ALL: message("All that I may see")}
WAYS: dict[str, Message] = {"mail": message("by mail"), "chat": message("by chat")}
STATES: dict[str, Message] = {
    "sent": message("sent"), "failed": message("failed, is tried again"), "sending": message("being sent"), "lost": message("not known whether it arrived"),
}  # fmt: skip
DELIVERIES = (
    Column("day", message("Day"), "date"),
    Column("person", message("Who"), "text"),
    Column("way", message("How"), "text"),
    Column("state", message("State"), "text"),
    Column("reminders_n", message("Reminders"), "count"),
    Column("tries_n", message("Tries"), "count"),
    Column("why", message("Why not"), "text"),
    Column("next_at", message("Tried again at (UTC)"), "time"),
)


def asked(view: View) -> Answer:
    """What is due: for the person, or for all."""
    whose = MINE if view.scope.is_named else ALL
    if view.scope.is_named:
        whose = (
            st.segmented_control(
                view.say(message("Whose")), list(WHOSE), default=MINE, required=True, key="reminders-whose", label_visibility="collapsed",
                format_func=lambda name: view.say(WHOSE[name]),
            )
            or MINE
        )  # fmt: skip
    return view.ask("reminders", whose == MINE, telling.today())


def sheet(view: View, answer: Answer) -> None:
    """The deadlines; a click on one leads to the page where it is dealt with."""
    tables.headed(view, answer, message("What is due"), "reminders")
    text.small(view.say(message("Click a line to go where it is dealt with.")))
    columns = list(answer.columns)
    frame = answer.frame.with_columns(answer.extra["places"]["page"], answer.extra["places"]["address"])
    picked = tables.rows(view, frame, columns, alt=view.say(answer.headline), key="reminders", pick=True, nothing=NOT_APPLICABLE)
    if picked is not None:
        changes: dict[str, list[str]] = {}
        for name, value in json.loads(picked["address"]):
            changes.setdefault(name, []).append(value)
        st.switch_page(rooms.page_named(str(picked["page"])).file, query_params=address.link(changes))


def mine(view: View) -> None:
    """Where one's own reminders go."""
    told = st.session_state.pop(TOLD, None)
    if told is not None:
        (st.success if told[0] else st.error)(text.label(view.say(told[1])))
    text.heading(view.say(message("How I am reminded")))
    if not view.scope.is_named:
        text.prose(view.say(message("Say who you are: reminders go to people by name.")))
        who.picker(view, "reminders")
        return
    contact = contacts.of(view.home, view.scope.who)
    with st.form("contact", border=False):
        mail_side, language_side, ways_side = st.columns([2, 1.2, 1.2], vertical_alignment="bottom")
        email = mail_side.text_input(view.say(message("Address for mail")), contact.email, max_chars=320, key="contact-email")
        codes = list(LANGUAGE_NAMES)
        now = contact.language if contact.last_id else view.language
        language = language_side.selectbox(
            view.say(message("Language")), codes, index=codes.index(now), format_func=lambda code: LANGUAGE_NAMES[code], key="contact-language"
        )  # fmt: skip
        by_mail = ways_side.checkbox(view.say(message("By mail")), contact.by_mail, key="contact-mail")
        by_chat = ways_side.checkbox(view.say(message("In the chat of the company")), contact.by_chat, key="contact-chat")
        sent = st.form_submit_button(view.say(message("Keep")))
    if sent:
        _keep(view, Contact(contact.name, email, str(language), by_mail, by_chat, contact.last_id))


def _keep(view: View, contact: Contact) -> None:
    """Keep the choice and say so after the page has been drawn anew."""
    try:
        contacts.choose(view.home, view.scope, contact)
    except GranaryError as fault:
        st.session_state[TOLD] = (False, fault.said)
    else:
        st.session_state[TOLD] = (True, message("Kept: from now on you are reminded this way."))
    st.rerun()


def deliveries(view: View) -> None:
    """What became of the reminders that went out: one's own; those of all for whoever keeps the list of people."""
    found, faults = telling.recent(view.home, view.scope), telling.troubles(view.home, view.scope)
    if not found and not faults:
        return
    text.heading(view.say(message("What went out")))
    text.lines([view.say(said) for said in faults])
    if found:
        frame = pl.DataFrame([_row(view, one) for one in found], schema=[column.name for column in DELIVERIES], orient="row", strict=False)
        tables.rows(view, frame, DELIVERIES, alt=view.say(message("What went out")), key="deliveries", nothing=NOT_APPLICABLE)


def _row(view: View, one: telling.Delivery) -> tuple[Any, ...]:
    state = "lost" if telling.is_lost(one) else one.state
    why = None if one.why is None else view.say(one.why)
    return one.day, one.person, view.say(WAYS[one.way]), view.say(STATES[state]), len(one.keys), one.tries, why, one.next_at
