"""Pieces of the page on promotions: the quarter's plan with its guards while it is typed, the star lines, and what promotions brought."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.answers.assortment.acts import Typed
from engine.answers.assortment.promotions import GUARDS, KIND_WORDS, STARS
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message, plural
from pages.parts import acting, tables, text
from pages.parts.assortment import part
from pages.parts.cells import DAYS, NUMBERS
from pages.parts.view import View

KEY = "promoting"
SHOWN = 8
HEADS: dict[str, Message] = {
    "promotion_id": message("Promotion"),
    "line_id": message("Line"),
    "kind": message("Kind"),
    "started_on": message("First day"),
    "ended_on": message("Last day"),
    "spend": message("Spend of the quarter"),
    "waiver": message("Why a B or C line all the same"),
    "dealer_gain": message("Gain of dealers"),
    "retailer_gain": message("Gain of retailers"),
}


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def plan(view: View, answer: Answer) -> None:
    """The plan of the quarter, to be typed; the guards look at every change at once."""
    standing = answer.facts["plan"]
    state = message("{state}, by {who}", state=acts.STATES[standing.state], who=standing.approved_by or standing.who) if standing else message("not kept yet")
    text.heading(view.say(message("Promotion plan of {quarter}", quarter=answer.facts["quarter"])), view.say(state))
    typed_rows = _editor(view, answer)
    found = acts.typed(view.home, answer, typed_rows)
    _guards(view, answer, found)
    with st.container(horizontal=True):
        if st.button(view.say(message("Keep the plan")), type="primary", key="keep-plan", disabled=found.is_stopped or not view.scope.may("decide")):
            acting.act(KEY, lambda: acts.keep_plan(view.home, answer, typed_rows, view.scope, view.version), message("The plan is kept."))
        waits = standing is not None and standing.state == "draft" and not found.is_stopped
        if st.button(view.say(message("Approve the plan")), key="approve-plan", disabled=not waits or not view.scope.may("approve")):
            acting.act(
                KEY, lambda: acts.approve_plan(view.home, answer, date.today(), view.scope, view.version), message("The plan is approved.")
            )  # fmt: skip


def _editor(view: View, answer: Answer) -> Sequence[Mapping[str, Any]]:
    """What stands in the editor now, row by row; empty cells are None."""
    lines = acts.plan_lines(answer)
    say = {name: view.say(said) for name, said in HEADS.items()}
    names = {view.say(words): kind for kind, words in KIND_WORDS.items()}
    shown = lines.with_columns(pl.col("kind").replace_strict({kind: name for name, kind in names.items()}, default=None, return_dtype=pl.String)).to_pandas()
    column = st.column_config
    config: dict[str, Any] = {
        "promotion_id": column.TextColumn(say["promotion_id"], disabled=True),
        "line_id": column.SelectboxColumn(say["line_id"], options=sorted(answer.facts["classes"]), required=True),
        "kind": column.SelectboxColumn(say["kind"], options=list(names)),
        "started_on": column.DateColumn(say["started_on"], format=DAYS[view.language]),
        "ended_on": column.DateColumn(say["ended_on"], format=DAYS[view.language]),
        "spend": column.NumberColumn(say["spend"], min_value=0.0, format=NUMBERS),
        "waiver": column.TextColumn(say["waiver"]),
        "dealer_gain": column.NumberColumn(say["dealer_gain"], format=NUMBERS),
        "retailer_gain": column.NumberColumn(say["retailer_gain"], format=NUMBERS),
    }
    standing = answer.facts["plan"]
    key = f"plan-{answer.facts['quarter']}-{standing.id if standing else 0}-{answer.version}"
    edited = st.data_editor(shown, column_config=config, num_rows="dynamic", hide_index=True, key=key, placeholder="", disabled=not view.scope.may("decide"))
    rows = pl.from_pandas(edited).to_dicts() if len(edited) else []
    return [{**row, "kind": names.get(row["kind"]), "started_on": _day(row["started_on"]), "ended_on": _day(row["ended_on"])} for row in rows]


def _day(value: Any) -> date | None:
    """A cell of the editor as a day: it gives days, moments or texts."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _guards(view: View, answer: Answer, found: Typed) -> None:
    """What the guards say of what is typed: shares of each sphere's budget, stops and remarks."""
    hours = answer.extra["guards"].select("sphere", "hours_a_share", "hours_new_share")
    frame = found.guards.join(hours, on="sphere", how="left", maintain_order="left")
    title = view.say(message("What the budget goes into"))
    text.heading(title, view.say(message("80 % for class A, at most 20 % for new lines, nothing for the rest")))
    tables.rows(view, frame, GUARDS, alt=title, key="guards", nothing=NOT_APPLICABLE)
    if found.is_stopped:
        st.error(text.label(view.say(message("The plan cannot be kept like this:"))))
        _listed(view, [breach.said for breach in found.found if breach.is_hard])
    remarks = [breach.said for breach in found.found if not breach.is_hard]
    if remarks:
        text.small(view.say(message("Remarks")))
        _listed(view, remarks)


def _listed(view: View, said: Sequence[Message]) -> None:
    """The first few sentences, and how many more there are."""
    more = [] if len(said) <= SHOWN else [plural("and {n} more", "and {n} more", n=len(said) - SHOWN)]
    text.lines([view.say(each) for each in (*said[:SHOWN], *more)])


def stars(view: View, answer: Answer) -> None:
    """Of each group the line to promote, and the one that is promoted."""
    part(view, message("Star lines"), answer.extra["stars"], STARS, "stars", note=view.say(message("one line a group, for half a year at least")))


def results(view: View, answer: Answer) -> None:
    """What promotions brought, the newest first."""
    tables.table(view, answer, message("What promotions brought"), key="promotions", nothing=NOT_APPLICABLE)
