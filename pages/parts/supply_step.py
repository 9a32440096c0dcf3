"""Pieces of the page on the supply plan: load and bottleneck, plans compared, what can be delivered, materials, people."""

from typing import Any

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.answers.meeting import proposals
from engine.answers.sop import executable_plan, people_needed
from engine.messages import Message, message
from pages.parts import acting, empty, side_by_side, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.measures import measures
from pages.parts.step import Standing
from pages.parts.view import View

KEY = "supply"
PARTS: dict[str, Message] = {
    "load": message("Resources and load"),
    "plans": message("Plans compared"),
    "delivery": message("What can be delivered"),
    "materials": message("Materials"),
    "people": message("People needed"),
    "proposals": message("Proposals"),
}
BY_FAMILY = (
    Column("family", message("Family"), "code"),
    Column("family_name", message("Name of the family"), "text"),
    Column("load_qty", message("Load of the resource"), "score"),
    Column("unit_margin", message("Margin of a piece"), "money_per_unit"),
    Column("pieces_per_unit", message("Pieces for a unit of the bottleneck"), "score"),
    Column("margin_per_hour", message("Margin for a unit of the bottleneck"), "money_per_unit"),
)
MOVES = (
    Column("family", message("Family"), "code"),
    Column("resource", message("Resource"), "code"),
    Column("from_month", message("Needed in"), "month"),
    Column("to_month", message("Built in"), "month"),
    Column("moved_qty", message("Pieces"), "qty"),
    Column("hours", message("Capacity moved"), "score"),
    Column("holding_value", message("Keeping them costs"), "money"),
)
MATERIALS = (
    Column("material_id", message("Material"), "code"),
    Column("item_name", message("Name"), "text"),
    Column("supplier", message("Supplier"), "text"),
    Column("month", message("Month"), "month"),
    Column("need_qty", message("Needed"), "qty"),
    Column("arriving_qty", message("Planned to arrive"), "qty"),
    Column("short_qty", message("Lacking"), "qty"),
    Column("short_value", message("Lacking, at cost"), "money"),
    Column("order_in", message("Order in"), "month"),
    Column("is_late", message("Too late already"), "flag"),
)


def _months(view: View, frame: pl.DataFrame) -> pl.Series:
    """The months of a frame as the reader writes them."""
    return pl.Series("column", [view.text(month, "month") for month in frame["month"]], dtype=pl.String)


def part(view: View) -> str:
    """Which part of the page is shown, as the address says."""
    chosen, key = address.one_of("part", PARTS, "load"), "gr-supply-part"
    st.session_state[key] = chosen
    st.segmented_control(
        view.say(message("Part")), list(PARTS), key=key, format_func=lambda name: view.say(PARTS[name]), label_visibility="collapsed",
        on_change=address.heard, args=("part", key, "load"), required=True,
    )  # fmt: skip
    return chosen


# ── load ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def load(view: View, answer: Answer) -> None:
    """Resources × months, tinted where the plan needs more than there is; a click shows which families load that cell."""
    frame = answer.frame
    cells = frame.select(pl.coalesce("resource_name", "resource_id").alias("row"), _months(view, frame), "load_share")
    title = message("Load of each resource, the fullest first")
    drawn = figures.matrix(cells, look(view), rows="row", across="column", value="load_share", unit="share", label=title, high=answer.facts["full"])
    said = message("share of the normal capacity; tinted above {full_share}, ? where load or capacity is unknown", full_share=answer.facts["full"])
    picked = chart(view, title, drawn, key="load", subtitle=view.say(said), pick=True)
    where = picked[0] if picked else None
    _families_of(view, answer, where)
    tables.table(view, answer, message("Load and capacity by month"), key="capacity")
    without = answer.extra["without"]
    if without.height:
        names = [str(name) for name in without["family_name"].to_list()]
        text.small(view.say(message("Made here, but nobody said what they need: {names}.", names=names)))


def _families_of(view: View, answer: Answer, where: Any) -> None:
    """Who loads a cell, with what an hour of the bottleneck earns; without a click the bottleneck itself."""
    worst, frame = answer.facts["bottleneck"], answer.frame
    if worst is None or frame.is_empty():
        return
    chosen = (worst.resource, worst.month)
    if where:
        row, column = (str(each) for each in where)
        found = [
            (resource, month) for resource, name, month in frame.select("resource_id", "resource_name", "month").iter_rows()
            if (name or resource) == row and view.text(month, "month") == column
        ]  # fmt: skip
        chosen = found[0] if found else chosen
    loads = answer.extra["by_family"].filter(pl.col("resource_id") == chosen[0], pl.col("month") == chosen[1])
    earning = answer.extra["earning"] if chosen[0] == worst.resource else answer.extra["earning"].clear()
    earning = earning.drop("family_name").with_columns((1 / pl.col("hours_per_unit")).alias("pieces_per_unit"))
    rows = loads.join(earning, on="family", how="left", maintain_order="left").sort("margin_per_hour", "load_qty", descending=True, nulls_last=True)
    name = frame.filter(pl.col("resource_id") == chosen[0])["resource_name"][0] or chosen[0]
    title = view.say(message("{resource} in {month}: which families load it", resource=name, month=chosen[1]))
    text.heading(title, view.say(message("where there is too little, the family with the smallest margin for a unit of the bottleneck gives way first")))
    tables.rows(view, rows, BY_FAMILY if chosen[0] == worst.resource else BY_FAMILY[:3], alt=title, key="bottleneck", bars=("load_qty",))


def overloads(view: View, answer: Answer, standing: Standing, scenarios: Answer) -> None:
    """Each overload that even overtime does not help is raised as an issue, with scenarios as its alternatives."""
    beyond = answer.frame.filter(pl.col("beyond_qty") > 0)
    names = dict(beyond.select("resource_id", pl.coalesce("resource_name", "resource_id")).iter_rows())
    if not names:
        return
    with st.expander(text.label(view.say(message("Raise an overload as an issue"))), key="gr-raise"), st.form("supply-raise", border=False):
        resource = st.selectbox(view.say(message("Resource")), list(names), format_func=lambda code: names[code], key="raise-resource")
        what = st.text_input(view.say(message("What is open")), key="raise-text")
        offered = st.multiselect(
            view.say(message("Alternatives")), scenarios.facts["shown"], format_func=lambda name: view.say(scenarios.facts["names"][name]), key="raise-offers",
            max_selections=3, placeholder=view.say(message("Choose scenarios")),
        )  # fmt: skip
        sent = st.form_submit_button(view.say(message("Raise")), type="primary", disabled=not view.scope.may("decide") or not standing.is_open)
    if sent:
        titles = {name: view.say(scenarios.facts["names"][name]) for name in offered}
        acting.act(KEY, lambda: proposals.raise_overload(view.home, str(resource), what, titles, view.scope), message("The issue is raised."))


# ── plans compared ───────────────────────────────────────────────────────────────────────────────────────────────────────


def plans(view: View, scenarios: Answer, supply: Answer) -> None:
    """The plan of record, level, chase, hybrid, peaks built ahead, cheapest; what smoothing costs and saves."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(message("The same demand planned in six ways")), view.say(scenarios.headline))
        tables.export(view, scenarios, "scenarios")
    side_by_side.options(view, scenarios, list(scenarios.facts["methods"]))
    breach = next((row for row in scenarios.frame.iter_rows(named=True) if row["scenario_id"] == "optimal" and row["breach"]), None)
    if breach is not None:
        text.small(view.text(breach["breach"], "message"))
    text.heading(view.say(message("Peaks built ahead")))
    measures(view, scenarios)
    title = view.say(message("What is built earlier"))
    tables.rows(view, supply.extra["moves"], MOVES, alt=title, key="moves", bars=("holding_value",))


# ── what can be delivered ────────────────────────────────────────────────────────────────────────────────────────────────


def delivery(view: View, answer: Answer, supply: Answer, standing: Standing) -> None:
    """Demand beside what can be delivered, both sides' commitment, safety stock and what releasing it costs, orders in their rank."""
    text.prose(view.say(answer.headline))
    measures(view, answer)
    title = message("Demand and what can be delivered")
    pair = figures.pair(
        supply.extra["months"], look(view), first=("demand_value", message("Demand")), second=("shipped_value", message("Can be delivered")), unit="money"
    )
    chart(view, title, pair, key="delivery")
    _commitments(view, answer, standing)
    tables.table(view, answer, message("The executable plan: what each side commits to"), key="executable")
    _orders(view, answer, standing)
    idle = answer.extra["idle"]
    if idle.height:
        said = view.say(message("Something is missing here although the resource that limits it is not full"))
        text.heading(said)
        tables.rows(view, idle, executable_plan.IDLE, alt=said, key="idle")


def _commitments(view: View, answer: Answer, standing: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        for side, words in executable_plan.SIDES.items():
            known = answer.facts["commitments"].get(side)
            with st.container(width="content"):
                text.small(view.say(words), view.say(_committed(known)))
            label = view.say(message("Commit again") if known else message("Commit"))
            may = view.scope.may("decide") and standing.may_be_edited
            if (known is None or known["is_stale"]) and st.button(label, key=f"commit-{side}", disabled=not may):
                acting.act(KEY, lambda side=side: executable_plan.commit(view.home, side, view.scope), message("Kept."))  # type: ignore[misc]


def _committed(known: Any) -> Message:
    if known is None:
        return message("not committed yet")
    if known["is_stale"]:
        return message("{who} committed to an earlier plan", who=known["who"])
    return message("committed by {who}", who=known["who"])


def _orders(view: View, answer: Answer, standing: Standing) -> None:
    orders = answer.extra["orders"]
    if orders.is_empty():
        return
    title = view.say(message("Open orders of the first month in their rank"))
    tables.further(view, answer, "orders_ranked", orders, executable_plan.ORDERS, title)
    for told in answer.facts["told"]:
        text.small(view.say(told))
    ordered = orders.sort(pl.col("missing_qty") > 0, "rank", descending=[True, False])
    picked = tables.rows(view, ordered, executable_plan.ORDERS, alt=title, key="orders", pick=True)
    if picked is None:
        text.small(view.say(message("Click an order to say how much of it must be served.")))
        return
    with st.form("must-serve", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        label = view.say(message("Of {order_id} must be served", order_id=picked["order_id"]))
        qty = st.number_input(label, 0.0, float(picked["qty"]), float(picked["must_serve_qty"] or 0.0), key=f"must-{picked['order_id']}-{picked['line_no']}")
        sent = st.form_submit_button(view.say(message("Keep")), type="primary", disabled=not view.scope.may("decide") or not standing.may_be_edited)
    if sent:
        order, line = str(picked["order_id"]), str(picked["line_no"])
        what = (view.home, standing.month, order, line, float(qty), view.scope)
        acting.act(KEY, lambda: executable_plan.name_must_serve(*what), message("Kept."))


# ── materials, people ────────────────────────────────────────────────────────────────────────────────────────────────────


def materials(view: View, supply: Answer) -> None:
    """The new purchase-arrival plan: what lacks, and by when it must be ordered."""
    title = view.say(message("What the plan takes, and what of it lacks"))
    found = supply.extra["materials"]
    said = view.say(message("the most lacking money first; a lack must be ordered by the supplier's lead time"))
    tables.further(view, supply, "purchase_arrivals", found, MATERIALS, title, said)
    lacking = found.filter(pl.col("short_qty") > 0)
    if found.is_empty():
        empty.sentence(view, message("No recipes were loaded, so nobody knows what production takes."))
        return
    tables.rows(view, lacking if lacking.height else found, MATERIALS, alt=title, key="materials", bars=("short_value",))


def people(view: View, answer: Answer) -> None:
    """People that the load of each resource takes, month by month, beside those who are there."""
    frame = answer.extra["heads"]
    title = message("People that the plan needs")
    if frame.is_empty():
        empty.sentence(view, message("Nobody said how many people work on the resources."))
        return
    cells = frame.select(pl.coalesce("resource_name", "resource_id").alias("row"), _months(view, frame), "heads_qty")
    drawn = figures.matrix(cells, look(view), rows="row", across="column", value="heads_qty", unit="score", label=title)
    chart(view, title, drawn, key="people", subtitle=view.say(message("by resource and month, the more the darker")))
    lacking = frame.sort("gap_qty", descending=True, nulls_last=True, maintain_order=True)
    tables.further(view, answer, "heads", frame, people_needed.COLUMNS, view.say(message("People by resource and month")))
    tables.rows(view, lacking, people_needed.COLUMNS, alt=view.say(title), key="heads", bars=("gap_qty",))
