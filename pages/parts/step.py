"""The head of a step's page, the same on all five: how the step stands, what it needs, who answers for it, and the buttons that sign or reopen it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from engine.answers.answer import Answer
from engine.answers.meeting import acts
from engine.answers.meeting.acts import Check, Item, Step
from engine.answers.meeting.standing import CHECKS, STATES
from engine.messages import Message, message
from pages.parts import acting, rooms, tables, text, together
from pages.parts.view import View

__all__ = ["Standing", "agenda", "checks", "head"]
ICONS = {"waiting": "schedule", "open": "edit", "signed": "check_circle", "stale": "warning"}
DONE, LACKING, UNKNOWN = "check", "close", "question_mark"


@dataclass(frozen=True)
class Standing:
    """A step as its page needs it. month: the cycle's. is_open: the cycle was opened. answer: of the question `cycle`."""

    step: Step
    month: date
    is_open: bool
    answer: Answer

    @property
    def may_be_edited(self) -> bool:
        """Whether figures of the step may be changed now, by somebody who may."""
        return self.is_open and self.step.may_be_edited


def head(view: View, name: str) -> Standing:
    """The head of a step (`acts.STEPS`): what the last act did, state, owner, day, checks, and signing or reopening.

    The page is watched: what others save is on this screen within three seconds. Key of `acting.act` for the page's own acts: the step's name.
    """
    together.watch(view)
    answer = view.ask("cycle")
    steps: Sequence[Step] = answer.facts["steps"]
    number, step = next((place, step) for place, step in enumerate(steps, start=1) if step.name == name)
    standing = Standing(step, answer.facts["month"], answer.facts["is_open"], answer)
    acting.told(view, name)
    if not standing.is_open:
        _not_opened(view, standing)
        return standing
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"gr-step-{name}"):
        place = view.say(message("Step {number} of {n}", number=number, n=len(steps)))
        st.markdown(f":material/{ICONS[step.state]}: **{text.label(place)}**", width="content")
        with st.container(width="content"):
            text.small(view.say(message("cycle of {month}", month=standing.month)), *_said(view, step))
        _needs(view, step)
        _signing(view, standing)
        if step.is_closed:
            _reopening(view, standing)
    return standing


def _said(view: View, step: Step) -> list[str]:
    """State, signer, owner and day, as short words."""
    found: list[Message] = [STATES[step.state]]
    if step.signed is not None:
        found.append(message("by {who}, {signed_on}", who=step.signed.who, signed_on=step.signed.at.date()))
    if step.owner:
        found.append(message("owner: {owner}", owner=step.owner))
    if step.due_on is not None:
        late = step.is_late(date.today())
        found.append(message("was due {due_on}", due_on=step.due_on) if late else message("due {due_on}", due_on=step.due_on))
    if step.why_stale is not None:
        found.append(step.why_stale)
    return [view.say(said) for said in found]


def _not_opened(view: View, standing: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        not_opened = message("The cycle of {month} is not opened yet.", month=standing.month)
        what = message("Open it on the page of the cycle: from then on changes, sign-offs and decisions are kept for it.")
        text.prose(f"{view.say(not_opened)} {view.say(what)}")
        st.page_link(rooms.page_named("cycle").file, label=view.say(message("Cycle")), icon=":material/event_repeat:")


def _needs(view: View, step: Step) -> None:
    """What must be so before the step is signed, behind a button that says how much of it is."""
    if not step.checks:
        return
    done = sum(bool(check.is_done) for check in step.checks)
    label = view.say(message("{done_n} of {n} checks", done_n=done, n=len(step.checks)))
    with st.popover(text.label(label), icon=":material/checklist:", type="tertiary", key=f"gr-needs-{step.name}"):
        for check in step.checks:
            st.markdown(f":material/{_icon(check)}: {text.label(view.say(check.said))}{_lesser(view, check)}")


def _icon(check: Check) -> str:
    return UNKNOWN if check.is_done is None else DONE if check.is_done else LACKING


def _lesser(view: View, check: Check) -> str:
    """A word where a step may be signed without it."""
    return "" if check.is_needed or check.is_done else " · " + text.label(view.say(message("may be lacking")))


def _signing(view: View, standing: Standing) -> None:
    """The button that signs; not pressed before what is needed is there."""
    step = standing.step
    if step.state not in ("open", "stale"):
        return
    act = "approve" if step.name == "executive" else "decide"
    label = message("Sign again") if step.is_closed else message("Sign")
    if st.button(view.say(label), type="primary", key=f"gr-sign-{step.name}", disabled=not view.scope.may(act) or bool(step.lacking)):
        acting.act(
            step.name, lambda: acts.sign(view.home, standing.month, step.name, view.scope), message("{step} is signed.", step=acts.TITLES[step.name])
        )  # fmt: skip


def _reopening(view: View, standing: Standing) -> None:
    step = standing.step
    with st.popover(view.say(message("Reopen")), type="tertiary", key=f"gr-reopen-{step.name}", disabled=not view.scope.may("decide")):
        text.small(view.say(message("Every later sign-off becomes stale by it.")))
        with st.form(f"gr-reopen-form-{step.name}", border=False):
            reason = st.text_input(view.say(message("Why")), key=f"gr-reopen-why-{step.name}")
            sent = st.form_submit_button(view.say(message("Reopen")))
    if sent:
        said = message("{step} is open again.", step=acts.TITLES[step.name])
        acting.act(step.name, lambda: acts.reopen(view.home, standing.month, step.name, reason, view.scope), said)


def checks(view: View, standing: Standing) -> None:
    """The checks of all steps as a table."""
    title = view.say(message("What each step needs"))
    text.heading(title)
    tables.rows(view, standing.answer.extra["checks"], CHECKS, alt=title, key=f"checks-{standing.step.name}")


def agenda(view: View, items: Sequence[Item], minutes: Sequence[int | None] = ()) -> None:
    """Items of a meeting with who leads them, and their minutes where some are planned."""
    head = [view.say(message("Item")), view.say(message("Leads"))]
    if minutes:
        head.append(view.say(message("Minutes")))
    shown = [
        [f"{number}. {view.say(item.title)}", view.say(item.leads), *([view.text(minutes[number - 1], "count")] if minutes else [])]
        for number, item in enumerate(items, start=1)
    ]
    text.facts(shown, words=(1,), head=head)
