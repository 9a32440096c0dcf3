"""Pieces of the page on clearance: the list, the editor of one item, and the dead stock that may be put on the list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers import clearance, people
from engine.answers.answer import Answer, Column
from engine.errors import GranaryError
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message, plural
from pages.parts import asking, empty, rooms, tables, text
from pages.parts.frame import address
from pages.parts.named import named
from pages.parts.view import View

_TOLD = "gr-clearance-told"
PROPOSED = (
    Column("class", message("Class"), "text"),
    Column("item_id", message("Item"), "code"),
    Column("location_id", message("Location"), "code"),
    Column("name", message("Name"), "text"),
    Column("qty", message("Quantity"), "qty"),
    Column("value", message("Value at cost"), "money"),
)


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    said = st.session_state.pop(_TOLD, None)
    if said is not None:
        (st.success if said[0] else st.error)(text.label(view.say(said[1])))


def bars(view: View, answer: Answer) -> pl.DataFrame:
    """The steps from listed to left, in the reader's words."""
    steps = answer.extra["waterfall"]
    return steps.with_columns(pl.Series("label", [view.text(label, "message") for label in steps["label"]], dtype=pl.String))


def nothing_listed(view: View) -> None:
    """In place of the picture and the list where nobody has put anything on it: what the list is for, and what to do."""
    said = message("Nothing is on the list yet. Choose below what is to be cleared, say who does it, how and until when, and put it on the list.")
    empty.sentence(view, said)
    target = rooms.page_named("dead_stock")
    st.page_link(target.file, label=view.say(message("See all dead stock")), icon=":material/arrow_forward:", query_params=address.link({}))


def sheet(view: View, answer: Answer) -> dict[str, Any] | None:
    """The list; the item that was clicked."""
    is_late = answer.extra["editing"]["status_code"].eq("late").any()
    title = message("Late ones first") if is_late else message("The listed items")
    picked = tables.table(view, answer, title, key="clearance", bars=("left_value",), pick=True, nothing=NOT_APPLICABLE)
    if answer.frame.height and picked is None:
        text.small(view.say(message("Click a line to change its owner, plan or deadline, or to close it.")))
    if picked is None:
        return None
    keys = ("item_id", "location_id", "quarter")
    rows = pl.concat([answer.frame, answer.extra["editing"]], how="horizontal").iter_rows(named=True)
    return next(row for row in rows if all(row[key] == picked[key] for key in keys))


def editor(view: View, answer: Answer, row: dict[str, Any]) -> None:
    """One listed item, open to be changed, closed or taken off."""
    subject, seen = row["subject"], row["record_id"]
    title = message("{item}, listed in {quarter}", item=row["name"] or row["item_id"], quarter=row["quarter"] or NOT_APPLICABLE)
    text.heading(view.say(title), row["note"] or "")
    with st.form(f"clear-{subject}", border=False):
        owner, plan, deadline = _agreed(view, subject, row["owner"], row["plan_code"], row["deadline"])
        note = st.text_input(view.say(message("Note")), row["note"] or "", key=f"note-{subject}")
        money_side, save_side, close_side, off_side = st.columns(4, vertical_alignment="bottom")
        money = money_side.number_input(view.say(message("Money from scrap or return")), value=None, min_value=0.0, step=100.0, key=f"money-{subject}")
        save = save_side.form_submit_button(view.say(message("Keep")), type="primary")
        close = close_side.form_submit_button(view.say(message("Close it")))
        off = off_side.form_submit_button(view.say(message("Take it off the list")))
    changes = {"owner": owner, "plan": plan, "deadline": deadline, "note": note} | ({} if money is None else {"proceeds_value": money})
    if save:
        _act(lambda: clearance.change(view.home, subject, view.scope, view.version, seen, **changes), message("Kept."))
    if close:
        closing = changes | {"closed_on": answer.as_of}
        _act(lambda: clearance.change(view.home, subject, view.scope, view.version, seen, **closing), message("Closed."))
    if off:
        _act(lambda: clearance.take_off(view.home, subject, view.scope, view.version, seen), message("Taken off the list."))


def _agreed(view: View, key: str, owner: str | None, plan: str | None, deadline: date) -> tuple[str, str, date]:
    """Who clears it, how, and until when."""
    known, plans = list(people.people(view.home).values()), list(clearance.PLANS)
    owner_side, plan_side, day_side = st.columns(3)
    listed = [*([owner] if owner and owner not in known else []), *known]
    chosen = owner_side.selectbox(
        view.say(message("Owner")), listed, index=listed.index(owner) if owner else None, key=f"owner-{key}", accept_new_options=True,
        placeholder=view.say(message("Choose or type a name")),
    )  # fmt: skip
    how = plan_side.selectbox(
        view.say(message("Plan")), plans, index=plans.index(plan) if plan in plans else 0, format_func=lambda code: view.say(clearance.PLANS[code]),
        key=f"plan-{key}",
    )  # fmt: skip
    until = day_side.date_input(view.say(message("Deadline")), value=deadline, key=f"until-{key}", format="YYYY-MM-DD")
    return chosen or "", str(how), until if isinstance(until, date) else deadline


def adding(view: View, answer: Answer) -> None:
    """The dead stock that is not on the list yet, to be put there; one item alone where the address names it."""
    found = asking.clearance_proposals(view.home, view.version or 0, view.selection, view.scope, asking.stamp(view.home))
    wanted = address.all_of("sku")
    if wanted:
        found = found.filter(pl.col("item_id").is_in(list(wanted)))
    text.heading(view.say(message("Dead stock that is not on the list")))
    if found.is_empty():
        empty.sentence(view, message("All dead stock is on the list."))
        return
    shown = named(view, found)
    codes = dict(zip(found["class"], shown["class"], strict=True))
    with st.form("clearance-add", border=False, clear_on_submit=True):
        classes = st.multiselect(
            view.say(message("Classes")), list(codes), default=list(codes), format_func=lambda code: codes[code], key="add-classes",
            placeholder=view.say(message("All")),
        )  # fmt: skip
        owner, plan, deadline = _agreed(view, "add", None, None, answer.facts["deadline"])
        chosen = found.filter(pl.col("class").is_in(classes)) if classes else found
        said = message("Put them on the list of {quarter}", quarter=clearance.quarter_of(answer.as_of or date.today()))
        sent = st.form_submit_button(view.say(said), type="primary")
    tables.rows(view, found, PROPOSED, alt=view.say(message("Dead stock that is not on the list")), key="proposed", bars=("value",), nothing=NOT_APPLICABLE)
    if sent:
        listed_on = answer.as_of or date.today()
        done = plural("{n} item was put on the list.", "{n} items were put on the list.", n=chosen.height)
        _act(lambda: clearance.add(view.home, chosen, listed_on, deadline, owner, plan, view.scope, view.version), done)


def _act(act: Callable[[], Any], said: Message) -> None:
    """Do it and say so after the page has been drawn anew; a refusal is said in its own words."""
    try:
        act()
    except GranaryError as fault:
        st.session_state[_TOLD] = (False, fault.said)
    else:
        st.session_state[_TOLD] = (True, said)
    st.rerun()
