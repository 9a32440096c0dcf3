"""Pieces of the page on the cycle: its five steps, what is lacking, signing and reopening, and what was agreed for it."""

from datetime import date

import streamlit as st

from engine.answers import people
from engine.answers.answer import Answer
from engine.answers.meeting import acts
from engine.answers.meeting.standing import CHECKS, HISTORY, STATES
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.view import View

__all__ = ["agreement", "history", "lacking", "signing", "steps", "told"]
KEY = "cycle"
ICONS = {"waiting": "schedule", "open": "edit", "signed": "check_circle", "stale": "warning"}


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def steps(view: View, answer: Answer) -> None:
    """The five steps side by side: state, owner, day."""
    today = date.today()
    with st.grid(min_column_width=190, gap="medium"):
        for number, step in enumerate(answer.facts["steps"], start=1):
            with st.container(border=True, height="stretch"):
                st.markdown(
                    f":material/{ICONS[step.state if answer.facts['is_open'] else 'waiting']}: **{number} · {text.label(view.say(acts.TITLES[step.name]))}**"
                )
                parts = [view.say(STATES[step.state] if answer.facts["is_open"] else message("not opened yet"))]
                if step.signed is not None:
                    parts.append(view.say(message("by {who}, {signed_on}", who=step.signed.who, signed_on=step.signed.at.date())))
                text.small(*parts)
                if step.owner:
                    text.small(step.owner)
                if step.due_on is not None:
                    due = message("was due {due_on}", due_on=step.due_on) if step.is_late(today) else message("due {due_on}", due_on=step.due_on)
                    text.small(view.say(due))
                if step.why_stale is not None:
                    text.small(view.say(step.why_stale))


def lacking(view: View, answer: Answer) -> None:
    """What must be so before each step can be signed."""
    title = view.say(message("What each step needs"))
    tables.further(view, answer, "cycle_checks", answer.extra["checks"], CHECKS, title)
    tables.rows(view, answer.extra["checks"], CHECKS, alt=title, key="cycle-checks")


def history(view: View, answer: Answer) -> None:
    """Every sign-off and reopening, the newest first."""
    found = answer.extra["history"]
    if found.is_empty():
        return
    title = view.say(message("What happened"))
    tables.further(view, answer, "cycle_history", found, HISTORY, title)
    tables.rows(view, found, HISTORY, alt=title, key="cycle-history")


def signing(view: View, answer: Answer) -> None:
    """Sign the present step, or reopen one that is signed."""
    month, found = answer.facts["month"], answer.facts["steps"]
    now = acts.current(found)
    left, right = st.columns(2, gap="large")
    with left, st.form("cycle-sign", border=False):
        text.heading(view.say(message("Sign {step}", step=acts.TITLES[now.name])))
        text.small(view.say(message("Signing closes the step for editing; the next one opens.")))
        sent = st.form_submit_button(view.say(message("Sign")), type="primary", disabled=not view.scope.may("decide"))
    if sent:
        acting.act(KEY, lambda: acts.sign(view.home, month, now.name, view.scope), message("{step} is signed.", step=acts.TITLES[now.name]))
    closed = {step.name: step for step in found if step.is_closed}
    if closed:
        with right, st.form("cycle-reopen", border=False):
            text.heading(view.say(message("Reopen a signed step")))
            name = st.selectbox(view.say(message("Step")), list(closed), format_func=lambda key: view.say(acts.TITLES[key]), key="reopen-step")
            reason = st.text_input(view.say(message("Why")), key="reopen-why")
            again = st.form_submit_button(view.say(message("Reopen")))
        if again:
            acting.act(KEY, lambda: acts.reopen(view.home, month, str(name), reason, view.scope), message("{step} is open again.", step=acts.TITLES[str(name)]))


def agreement(view: View, answer: Answer) -> None:
    """Owners, days and participants: agreed when the cycle is opened, changed later by whoever may."""
    month, is_open = answer.facts["month"], answer.facts["is_open"]
    plan = acts.agreed(view.home, month) or answer.facts["proposed"]
    title = message("What was agreed for {month}", month=month) if is_open else message("Open the cycle of {month}", month=month)
    known = list(people.people(view.home).values())
    with st.form("cycle-agree", border=False):
        text.heading(view.say(title))
        owners, due = {}, {}
        for number, name in enumerate(acts.STEPS):
            shown = "visible" if number == 0 else "collapsed"
            title_side, owner_side, day_side = st.columns([2, 3, 2], vertical_alignment="bottom")
            title_side.markdown(text.label(view.say(acts.TITLES[name])))
            listed = list(dict.fromkeys([*([plan.owners[name]] if plan.owners.get(name) else []), *known]))
            owners[name] = owner_side.selectbox(
                view.say(message("Owner")), listed, index=0 if plan.owners.get(name) else None, key=f"cycle-owner-{name}", accept_new_options=True,
                placeholder=view.say(message("Choose or type a name")), label_visibility=shown,
            )  # fmt: skip
            due[name] = day_side.date_input(
                view.say(message("Due on")), value=plan.due.get(name), key=f"cycle-due-{name}", format="YYYY-MM-DD", label_visibility=shown
            )
        names = st.multiselect(
            view.say(message("Participants")), list(dict.fromkeys([*(name for name, _ in plan.participants), *known])),
            default=[name for name, _ in plan.participants], key="cycle-participants", accept_new_options=True,
            placeholder=view.say(message("Choose or type a name")),
        )  # fmt: skip
        word = message("Keep") if is_open else message("Open the cycle")
        sent = st.form_submit_button(view.say(word), type="secondary" if is_open else "primary", disabled=not view.scope.may("decide"))
    if sent:
        roles = dict(plan.participants)
        chosen = {name: str(owner or "") for name, owner in owners.items()}
        days = {name: day for name, day in due.items() if isinstance(day, date)}
        present = [(name, roles.get(name, "")) for name in names]
        acting.act(KEY, lambda: acts.open_cycle(view.home, month, chosen, days, present, view.scope, view.version), message("Kept."))
