"""Pieces of the page of people: the list, the line that is written or changed, who can see a dealer."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import access, signing_in
from engine.answers.access import Line
from engine.answers.answer import Answer, Column
from engine.errors import GranaryError
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message, plural
from engine.roles import FACETS, ROLES
from pages.parts import asking, tables, text
from pages.parts.view import View

TOLD = "gr-people-told"
COLUMNS = (
    Column("name", message("Name"), "text"), Column("roles", message("Roles"), "text"), Column("regions", message("Own regions"), "text"),
    Column("dealers", message("Own dealers"), "text"), Column("state", message("State"), "text"), Column("came_at", message("Came in last (UTC)"), "time"),
    Column("subject", message("Known to the provider as"), "text"),
)  # fmt: skip
SEERS = (Column("name", message("Name"), "text"), Column("roles", message("Roles"), "text"), Column("hidden", message("Does not see of it"), "text"))


def listed(view: View) -> list[Line]:
    """Everybody on the list. Raises NotAllowed for whoever is no administrator."""
    access.require(view.scope, "people")
    return access.lines(signing_in.home_of_people())


def headline(lines: Sequence[Line]) -> Message:
    """How many may come in."""
    let_in = [line for line in lines if not line.is_disabled]
    people, groups = sum(not line.is_group for line in let_in), sum(line.is_group for line in let_in)
    if not let_in:
        return message("Nobody is on the list yet.")
    if groups:
        return message("{people} and {groups} may come in.", people=_people(people), groups=plural("{n} group", "{n} groups", n=groups))
    return plural("{n} person may come in.", "{n} people may come in.", n=people)


def _people(n: int) -> Message:
    return plural("{n} person", "{n} people", n=n)


def sheet(view: View, lines: Sequence[Line]) -> Line | None:
    """The list, to take away as a file too; the line that was clicked."""
    told = st.session_state.pop(TOLD, None)
    if told is not None:
        (st.success if told[0] else st.error)(text.label(view.say(told[1])))
    came = signing_in.last_sign_ins(signing_in.home_of_people())
    states = {True: view.say(message("disabled")), False: view.say(message("may come in"))}
    rows = [
        (line.name, _roles(view, line.roles), _own(line.regions), _own(line.dealers), states[line.is_disabled], came.get(line.subject), line.subject)
        for line in lines
    ]
    frame = pl.DataFrame(rows, schema=[column.name for column in COLUMNS], orient="row", strict=False)
    answer = Answer("people", headline(lines), frame, COLUMNS, view.version or 0, scope=view.scope)
    text.small(view.say(message("Click a line to change it; with none clicked you write a new one.")))
    clicked = tables.table(view, answer, message("Who may come in"), key="people", pick=True, nothing=NOT_APPLICABLE)
    return next((line for line in lines if clicked is not None and line.subject == clicked["subject"]), None)


def _roles(view: View, names: Sequence[str]) -> str:
    return ", ".join(view.say(ROLES[name].title) for name in names)


def _hidden(view: View, facets: frozenset[str]) -> str:
    return ", ".join(view.say(said) for facet, said in FACETS.items() if facet in facets)


def _own(values: frozenset[str] | None) -> str | None:
    return None if values is None else ", ".join(sorted(values))


def editor(view: View, line: Line | None) -> None:
    """A line, new or as it stands."""
    choices = asking.choices(view.home, view.version, view.scope) if view.version is not None else None
    regions = sorted({*([] if choices is None else choices.dealers["region"].drop_nulls().to_list()), *(line.regions or () if line else ())})
    names = {} if choices is None else dict(choices.dealers.select("dealer_id", "dealer_name").iter_rows())
    dealers = [*names, *(code for code in (line.dealers or () if line else ()) if code not in names)]
    key = "new" if line is None else f"line-{line.last_id}"
    text.heading(view.say(message("A new line") if line is None else message("The line of {name}", name=line.name)))
    with st.form(f"people-{key}", border=False):
        left, right = st.columns(2, gap="large")
        named = view.say(message("Name, as the records shall call them"))
        name = left.text_input(named, line.name if line else "", key=f"name-{key}", max_chars=access.LONGEST)
        known_as = view.say(message("Issuer and subject with a space between, or {prefix} and the name of a group", prefix=access.GROUP))
        subject = left.text_input(
            known_as, line.subject if line else "", key=f"subject-{key}",
            disabled=line is not None, help=view.say(message("Whoever signs in without being listed is shown what belongs here.")),
        )  # fmt: skip
        chosen = left.multiselect(
            view.say(message("Roles")), list(ROLES), list(line.roles) if line else [], key=f"roles-{key}", format_func=lambda role: view.say(ROLES[role].title),
            placeholder="",
        )  # fmt: skip
        given = sorted(line.regions or ()) if line else []
        own_regions = right.multiselect(view.say(message("Own regions")), regions, given, key=f"regions-{key}", placeholder="")
        own_dealers = right.multiselect(
            view.say(message("Own dealers")), dealers, sorted(line.dealers or ()) if line else [], key=f"dealers-{key}", placeholder="",
            format_func=lambda code: f"{names.get(code) or code} ({code})",
        )  # fmt: skip
        right.caption(text.label(view.say(message("Without either, a role of all rows sees all of them, and a role of own rows none."))))
        is_let_in = right.checkbox(view.say(message("May come in")), not (line and line.is_disabled), key=f"in-{key}")
        with st.container(horizontal=True, gap="small"):
            kept = st.form_submit_button(view.say(message("Keep")), type="primary")
            taken_off = line is not None and st.form_submit_button(view.say(message("Take off the list")))
    home = signing_in.home_of_people()
    if kept:
        _tell(
            lambda: access.grant(
                home, view.scope, line.subject if line else subject, name, chosen, own_regions or None, own_dealers or None, not is_let_in,
                line.last_id if line else None,
            ),
            message("Kept: the line of {name}.", name=name),
        )  # fmt: skip
    elif taken_off and line is not None:
        _tell(lambda: access.take_off(home, view.scope, line.subject), message("{name} is off the list.", name=line.name))


def who_sees(view: View) -> None:
    """Who can see a dealer, and what of it they cannot."""
    if view.version is None or view.is_demo:
        return
    dealers = asking.choices(view.home, view.version, view.scope).dealers
    if dealers.is_empty():
        return
    names = dict(dealers.select("dealer_id", "dealer_name").iter_rows())
    text.heading(view.say(message("Who can see a dealer?")))
    picked = st.selectbox(
        view.say(message("Dealer")), list(names), index=None, key="people-dealer", width=420, placeholder="", format_func=lambda code: f"{names[code]} ({code})"
    )  # fmt: skip
    if picked is None:
        return
    seers = access.who_can_see(view.home, str(picked))
    rows = [(seer.line.name, _roles(view, seer.line.roles), _hidden(view, seer.hidden)) for seer in seers]
    frame = pl.DataFrame(rows, schema=dict.fromkeys((column.name for column in SEERS), pl.String), orient="row")
    tables.rows(view, frame, SEERS, alt=view.say(message("Who can see a dealer?")), key="people-seers", nothing=NOT_APPLICABLE)


def _tell(act: Callable[[], Any], said: Message) -> None:
    """Do it and say so after the page has been drawn anew; a refusal is said in its own words."""
    try:
        act()
    except GranaryError as fault:
        st.session_state[TOLD] = (False, fault.said)
    else:
        st.session_state[TOLD] = (True, said)
    st.rerun()
