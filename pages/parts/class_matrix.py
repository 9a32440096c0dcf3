"""Pieces of the page ABC–XYZ: the matrix, the products of the cell that was clicked, one product with its classes of earlier reviews, the rules tried out."""

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.answers.assortment import factors
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import acting, asking, assortment, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.view import View

VALUES: dict[str, tuple[Message, str]] = {
    "turnover": (message("Turnover"), "money"), "positions": (message("Products"), "count"), "margin": (message("Gross profit"), "money"),
    "error_share": (message("Forecast error"), "share"),
}  # fmt: skip
MADE_OF = (
    Column("sphere", message("Sphere"), "text"), Column("class", message("Class"), "text"), Column("positions", message("Products"), "count"),
    Column("positions_share", message("Share of products"), "share"), Column("expected_positions_share", message("The policy expects"), "share"),
    Column("criterion_share", message("Share of the criterion"), "share"), Column("expected_criterion_share", message("The policy expects"), "share"),
    Column("turnover", message("Turnover"), "money"), Column("margin", message("Gross profit"), "money"),
)  # fmt: skip
HISTORY = (
    Column("reviewed_on", message("Review up to"), "date"), Column("sphere", message("Sphere"), "text"), Column("class", message("Class"), "text"),
    Column("share_before", message("Share before it"), "share"), Column("criterion", message("Criterion"), "share"),
)  # fmt: skip
CELL, KEY = "cell", "classes"
WHAT_IS_DONE = ("class", "xyz", "policy", "service_share")


def matrix(view: View, answer: Answer) -> str | None:
    """The matrix of all that is shown; returns the cell that the address names, such as AX. A click on a cell names it."""
    value = assortment.choice(view, "value", message("Written in the cells"), {name: said for name, (said, _) in VALUES.items()}, "turnover")
    said, unit = VALUES[value]
    cells = answer.extra["whole"]
    title = message("{what} by class and steadiness", what=said)
    names = {"".join(pair): pair for pair in cells.select("class", "xyz").iter_rows()}
    cell = address.only(CELL) if address.only(CELL) in names else None
    drawn = figures.matrix(
        cells, look(view), rows="class", across="xyz", value=value, unit=unit, label=title, pick=True, picked=None if cell is None else names[cell]
    )
    # The key holds the cell, so that a click is forgotten once the address has it and "All cells" is not answered by the click before.
    clicked = chart(view, title, drawn, view.say(message("click a cell to see its products")), key=f"matrix-{value}-{cell}", height=150, pick=True)
    name = "".join(clicked[0]) if clicked and clicked[0] is not None else cell
    if name in names and name != cell:
        address.write(CELL, [name])
        st.rerun()
    return cell


def cells(view: View, answer: Answer) -> None:
    """What is done in each cell, and what stands there: two tables, because the sentences beside all the figures would be cut off."""
    shown = answer.frame.filter(pl.col("positions") > 0)
    said = [column for column in answer.columns if column.name in WHAT_IS_DONE]
    title = view.say(message("What is done in each cell"))
    text.heading(title)
    done = shown.select(WHAT_IS_DONE).unique(maintain_order=True).sort("class", "xyz", maintain_order=True)
    tables.rows(view, done, said, alt=title, key="done", nothing=NOT_APPLICABLE)
    figures_of = [column for column in answer.columns if column.name not in ("policy", "service_share")]
    tables.rows(view, shown, figures_of, alt=view.say(answer.headline), key="cells", bars=("turnover",), nothing=NOT_APPLICABLE)


def items(view: View, answer: Answer, cell: str | None) -> None:
    """The products of a cell, or all of them; a click shows one."""
    every: pl.DataFrame = answer.extra["items"]
    mine = every if cell is None else every.filter(pl.concat_str("class", "xyz") == cell)
    title = message("All products, the most turnover first") if cell is None else message("Products of cell {cell}, the most turnover first", cell=cell)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text.heading(view.say(title))
        if cell is not None and st.button(view.say(message("All cells")), key="all-cells", type="tertiary"):
            address.write(CELL, [])
            st.rerun()
        tables.export(view, answer, "abc-xyz")
    picked = tables.rows(view, mine, answer.facts["items"], alt=view.say(title), key=f"items-{cell}", bars=("turnover",), pick=True, nothing=NOT_APPLICABLE)
    if picked is not None:
        _one(view, picked)


def _one(view: View, row: dict[str, Any]) -> None:
    """One product: its class by every rule, and in the reviews before."""
    chosen = replace(view.selection, where=(*((key, kept) for key, kept in view.selection.where if key != "sku"), ("sku", (str(row["sku"]),))))
    answer = asking.answer("abc", view.home, view.version, chosen, view.scope)
    text.heading(row["product_name"] or row["sku"], view.say(message("its class by every rule, and in the reviews before")))
    tables.rows(view, answer.frame, answer.columns, alt=view.say(answer.headline), key="one-class", nothing=NOT_APPLICABLE)
    tables.rows(view, answer.extra["history"], HISTORY, alt=view.say(message("Classes of the reviews before")), key="one-history", nothing=NOT_APPLICABLE)
    _factor(view, row)
    assortment.to_product(view, str(row["sku"]), row["product_name"])


def _factor(view: View, row: dict[str, Any]) -> None:
    """A factor of marketing for one product in its sphere, logged with its reason."""
    with st.popover(view.say(message("Factor of marketing")), icon=":material/tune:", type="tertiary"), st.form(f"factor-{row['sku']}", border=False):
        factor = st.number_input(view.say(message("Factor")), value=1.0, step=0.05, key=f"factor-value-{row['sku']}")
        reason = st.text_input(view.say(message("Why")), key=f"factor-why-{row['sku']}")
        sent = st.form_submit_button(view.say(message("Keep")), disabled=not view.scope.may("decide"))
    if sent:
        give = (view.home, str(row["sphere"]), str(row["sku"]), float(factor), reason, view.scope, view.version)
        acting.act(KEY, lambda: factors.give(*give), message("Kept."))


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


@st.fragment
def tried(view: View) -> None:
    """Other limits of the classes, tried out at once; the settings stay as they are."""
    percent = 100
    text.heading(view.say(message("Try other limits")), view.say(message("the settings stay as they are")))
    limits = view.ask("abc").facts["limits"]
    left, right = st.columns(2, gap="large")
    with left:
        upper = st.slider(view.say(message("Class A up to, %")), 0, percent, int(limits[0] * percent), key="limit-a")
    with right:
        lower = st.slider(view.say(message("Class B up to, %")), 0, percent, int(limits[1] * percent), key="limit-b")
    answer = view.ask("abc", upper / percent, lower / percent)
    tables.rows(view, answer.extra["summary"], MADE_OF, alt=view.say(answer.headline), key="made-of", bars=("turnover",), nothing=NOT_APPLICABLE)
