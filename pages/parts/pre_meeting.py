"""Pieces of the page on the pre-meeting: its nine items, what each of them looks at, and what goes to the executives."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from engine import figures
from engine.answers import people
from engine.answers.answer import Answer, Column
from engine.answers.meeting import agendas, noted, proposals
from engine.answers.meeting.fairness import EVIDENCE
from engine.messages import Message, message
from pages.parts import acting, rooms, step, tables, text
from pages.parts import noted as noting
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.measures import measures, row
from pages.parts.step import Standing
from pages.parts.view import View

KEY = "pre_meeting"
TOP = (
    Column("name", message("What"), "text"),
    Column("family", message("Family"), "code"),
    Column("owner", message("Owner"), "text"),
    Column("probability", message("Probability"), "share"),
    Column("impact_value", message("If it happens"), "money"),
)


def agenda(view: View, standing: Standing) -> str:
    """The nine items with their owners; the chosen one stands in the address."""
    chosen, key = address.one_of("item", agendas.PRE_MEETING, "performance"), "gr-agenda-item"
    st.session_state[key] = chosen
    finished = agendas.done(view.home, standing.month) if standing.is_open else ()
    st.segmented_control(
        view.say(message("Item")), list(agendas.PRE_MEETING), key=key, format_func=lambda name: _titled(view, name, finished), label_visibility="collapsed",
        on_change=address.heard, args=("item", key, "performance"), required=True,
    )  # fmt: skip
    item = agendas.PRE_MEETING[chosen]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width="stretch"):
            text.heading(view.say(item.title), view.say(message("leads: {leads}", leads=item.leads)))
        _mark(view, standing, chosen, chosen in finished)
    return chosen


def _titled(view: View, name: str, finished: tuple[str, ...]) -> str:
    number = list(agendas.PRE_MEETING).index(name) + 1
    words = text.label(view.say(SHORT[name]))
    return f":material/check: {number} {words}" if name in finished else f"{number} {words}"


SHORT: dict[str, Message] = {
    "performance": message("Performance"),
    "demand": message("Demand"),
    "assumptions": message("Assumptions"),
    "constrained": message("Resources"),
    "proposals": message("Proposals"),
    "impact": message("Business"),
    "scenarios": message("Scenarios"),
    "recommendations": message("Recommendations"),
    "executive_agenda": message("Executive agenda"),
}
"""Names of the items that are short enough for a row of buttons."""


def _mark(view: View, standing: Standing, name: str, is_done: bool) -> None:
    label = message("Not done after all") if is_done else message("Done")
    may = view.scope.may("decide") and standing.may_be_edited
    if st.button(view.say(label), key=f"mark-{name}", icon=":material/undo:" if is_done else ":material/check:", disabled=not may):
        what = (view.home, standing.month, name, not is_done, view.scope, view.version)
        acting.act(KEY, lambda: agendas.mark(*what), message("Kept."))


def attendance(view: View, standing: Standing) -> None:
    """Who was there."""
    if not standing.is_open:
        return
    present, known = agendas.attended(view.home, standing.month), list(people.people(view.home).values())
    seen = acting.seen("attendance", standing.month, agendas.seen(view.home, standing.month))
    agreed = [str(name) for name in standing.answer.extra["participants"]["name"]]
    label = message("Who was there: {names}", names=present) if present else message("Who was there")
    with st.expander(text.label(view.say(label)), key="gr-attendance"), st.form("attendance", border=False):
        names = st.multiselect(
            view.say(message("Who was there")), list(dict.fromkeys([*present, *agreed, *known])), default=list(present or agreed), key="attended",
            accept_new_options=True, placeholder=view.say(message("Choose or type a name")), label_visibility="collapsed",
        )  # fmt: skip
        sent = st.form_submit_button(view.say(message("Keep")), disabled=not view.scope.may("decide") or not standing.may_be_edited)
    if sent:
        acting.looked("attendance", standing.month)
        acting.act(KEY, lambda: agendas.attend(view.home, standing.month, names, view.scope, view.version, seen), message("Kept."))


# ── the items ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def performance(view: View) -> None:
    """How the last plan was carried out, what was promised, what moved since, and the board of fair numbers."""
    said = [view.ask(name).headline for name in ("month_report", "decisions", "plan_waterfall")]
    board = view.ask("fairness")
    text.lines([view.say(each) for each in said])
    with st.container(horizontal=True, gap="small"):
        _linked(view, "report")
        _linked(view, "promises")
    fairness(view, board)


def fairness(view: View, board: Answer) -> None:
    """All departments by one yardstick; a click shows the rows behind a line."""
    text.prose(view.say(board.headline))
    tables.headed(view, board, message("Fair numbers: one yardstick for all"), "fairness")
    columns = [column for column in board.columns if column.name != "measure_id"]  # a code for programs; it stays in the row that is clicked
    picked = tables.rows(view, board.frame, columns, alt=view.say(board.headline), key="fairness", bars=("times_ratio",), pick=True, nothing="–")
    if picked is None:
        text.small(view.say(message("Click a line to see the rows behind it.")))
        return
    rows = board.extra["evidence"].filter(pl.col("measure_id") == picked["measure_id"], pl.col("who") == picked["who"])
    title = f"{picked['who']}: {view.text(picked['measure'], 'message')}"
    text.heading(title, view.text(picked["how"], "message"))
    tables.rows(view, rows, EVIDENCE, alt=title, key="evidence", bars=("part",))


def demand(view: View) -> None:
    """The unconstrained demand, as the demand step left it."""
    answer = view.ask("demand_plan")
    text.prose(view.say(answer.headline))
    measures(view, answer)
    _linked(view, "demand")


def assumptions(view: View, standing: Standing, scenarios: Answer) -> None:
    """The five risks and opportunities with most money, and all that was noted."""
    top = view.ask("noted").extra["top"]
    if top.height:
        title = view.say(message("The five largest risks and opportunities"))
        text.heading(title)
        tables.rows(view, top, TOP, alt=title, key="top-chances")
    noting.noted(view, standing, scenarios.facts["families"])


def impact(view: View, scenarios: Answer) -> None:
    """Where the year is heading against the budget, and what the plan of record earns."""
    bridge = view.ask("budget_bridge")
    text.prose(view.say(bridge.headline))
    measures(view, bridge)
    bars = bridge.extra["bars"].with_columns(pl.Series("label", [view.text(said, "message") for said in bridge.extra["bars"]["label"]], dtype=pl.String))
    chart(view, message("From the budgeted margin to the one reached"), figures.waterfall(bars, look(view), label=message("Gross margin")), key="bridge")
    found = scenarios.frame.head(1)
    if found.height:
        text.heading(view.say(message("What the plan of record leads to")))
        line, wanted = found.row(0, named=True), ("service_share", "revenue", "margin", "stock_value", "least_cash")
        row(view, tuple(_measured(scenarios, name, line[name]) for name in wanted))
    tables.table(view, bridge, message("By family"), key="bridge-families", bars=())


def _measured(scenarios: Answer, name: str, value: float | None) -> Any:
    from engine.answers.measured import Measured

    label, unit = scenarios.facts["figures"][name]
    return Measured(label, value, unit)


def issues(view: View, standing: Standing) -> None:
    """What no step could settle: its alternatives side by side; solved with a word, or brought for decision."""
    answer = view.ask("noted")
    found = answer.frame.join(answer.extra["records"], on=["kind", "number"], how="left").filter(pl.col("code") == noted.ISSUE)
    title = view.say(message("Unresolved issues with their alternatives"))
    text.heading(title)
    if found.is_empty():
        text.prose(view.say(message("No issue was raised in this cycle.")))
        return
    picked = tables.rows(view, found, answer.columns, alt=title, key="issues", pick=True)
    if picked is None:
        text.small(view.say(message("Click an issue to settle it or to bring it for decision.")))
        return
    _issue(view, standing, answer, picked)


def _issue(view: View, standing: Standing, answer: Answer, picked: dict[str, Any]) -> None:
    subject, seen = str(picked["subject"]), int(picked["id"])
    shown = proposals.alternatives(view.home, subject)
    names, rows = shown["title"].to_list(), []
    for name, (label, unit) in proposals.COMPARED.items():
        values = shown[name].to_list()
        if any(value is not None for value in values):
            rows.append([view.say(label), *(view.text(value, unit, compact=True) for value in values)])
    text.facts(rows, head=[view.say(message("Measure")), *(str(name) for name in names)])
    may = view.scope.may("decide") and standing.is_open
    left, right = st.columns(2, gap="large")
    with left, st.form(f"solve-{subject}", border=False):
        how = st.text_input(view.say(message("How it was solved")), key=f"solved-{subject}")
        solved = st.form_submit_button(view.say(message("It is solved")), disabled=not may)
    with right, st.form(f"escalate-{subject}", border=False):
        best = st.selectbox(
            view.say(message("Recommended")), range(len(names)), index=None, format_func=lambda place: str(names[place]), key=f"best-{subject}",
            placeholder=view.say(message("none")),
        )  # fmt: skip
        until = st.date_input(view.say(message("To be decided until")), value=None, key=f"until-{subject}", format="YYYY-MM-DD")
        brought = st.form_submit_button(view.say(message("Bring it for decision")), type="primary", disabled=not may)
    if solved:
        acting.act(KEY, lambda: proposals.settle(view.home, subject, seen, "solved", how, view.scope), message("The issue is solved."))
    if brought:
        place, day = -1 if best is None else int(best), until if isinstance(until, date) else None
        acting.act(KEY, lambda: proposals.escalate(view.home, subject, seen, place, day, view.scope), message("The decision is brought."))


def executive_agenda(view: View) -> None:
    """The eight items of the executive meeting with their minutes."""
    planned = agendas.executive_minutes(view.home)
    step.agenda(view, agendas.EXECUTIVE, [planned[item.name] for item in agendas.EXECUTIVE])


def _linked(view: View, name: str) -> None:
    """A link to another page, where there is one."""
    page = next((page for page in rooms.pages() if page.name == name), None)
    if page is not None:
        st.page_link(page.file, label=view.say(page.title), icon=":material/arrow_forward:")
