"""Pieces of the launch gate: projects against their criteria, and the decision that begins with one of them."""

from typing import Any

import polars as pl
import streamlit as st

from engine.answers.answer import Answer, Column
from engine.answers.assortment import acts
from engine.answers.assortment.launches import CRITERIA_COLUMNS
from engine.language import NOT_APPLICABLE
from engine.messages import message
from pages.parts import acting, tables, text
from pages.parts.deciding import KEY
from pages.parts.view import View

COMING = (
    Column("line_id", message("Line"), "code"),
    Column("sphere", message("Sphere"), "text"),
    Column("launch_on", message("Launch on"), "date"),
    Column("products", message("Products"), "count"),
    Column("order_no", message("Order no."), "text"),
)


def projects(view: View, answer: Answer) -> dict[str, Any] | None:
    """The projects; the one that was clicked, else the first that lies ahead."""
    picked = tables.table(view, answer, message("Projects"), key="projects", pick=True, nothing=NOT_APPLICABLE)
    if picked is None and answer.frame.height:
        text.small(view.say(message("Click a project to see what it is measured by.")))
        return answer.frame.row(0, named=True)
    return picked


def criteria(view: View, answer: Answer, project: dict[str, Any]) -> None:
    """What a project is measured by: found, wanted, result."""
    rows = answer.extra["criteria"].filter(pl.col("project_id") == project["project_id"])
    shown = rows.with_columns(_texts(view, rows, "found_value").alias("found"), _texts(view, rows, "wanted_value").alias("wanted"))
    title = message("{project}: {line}, measured by the gate", project=project["project_id"], line=project["line_name"] or project["line_id"])
    text.heading(view.say(title))
    tables.rows(view, shown, CRITERIA_COLUMNS[1:], alt=view.say(title), key="criteria")


def _texts(view: View, rows: pl.DataFrame, column: str) -> pl.Series:
    units = {"months": "score", "flag": "count"}
    texts = [
        None if value is None else view.text(value, units.get(unit, unit)) for value, unit in zip(rows[column], rows["unit"], strict=True)
    ]  # fmt: skip
    return pl.Series(column, texts, dtype=pl.String)


def beginning(view: View, answer: Answer, project: dict[str, Any]) -> None:
    """Draft the launch of a project: its products by name, and where the line will stand."""
    name = project["project_id"]
    with st.form(f"launch-{name}", border=False):
        sphere_side, group_side = st.columns(2)
        sphere = sphere_side.text_input(view.say(message("Sphere")), project["sphere"] or "", key=f"sphere-{name}")
        group = group_side.text_input(view.say(message("Product group")), project["product_group"] or "", key=f"group-{name}")
        products = st.text_area(view.say(message("Products, one a line")), key=f"products-{name}", height=90)
        sent = st.form_submit_button(view.say(message("Draft the launch with these figures")), type="primary", disabled=not view.scope.may("decide"))
    if sent:
        acting.act(
            KEY, lambda: acts.begin_launch(view.home, answer, name, products.splitlines(), sphere, group, view.scope, view.version),
            message("The decision is drafted; its figures are frozen."),
        )  # fmt: skip


def coming(view: View, answer: Answer) -> None:
    """The lines whose launch is in force: the plan of new products that the meeting takes over."""
    rows = [(line.line_id, line.sphere, line.launch_on, line.products, line.order_no) for line in answer.facts["launched"]]
    if rows:
        schema = {"line_id": pl.String, "sphere": pl.String, "launch_on": pl.Date, "products": pl.Int64, "order_no": pl.String}
        title = view.say(message("Decided launches, in the plan of new products"))
        text.heading(title)
        tables.rows(view, pl.DataFrame(rows, schema=schema, orient="row"), COMING, alt=title, key="coming")
