"""Pieces of the page on demand: which families need a word, the chosen one in pictures, what was not taken as it came, and who changed what."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer, Column
from engine.answers.meeting import demand_grid
from engine.language import NOT_APPLICABLE
from engine.messages import Message, message
from pages.parts import acting, empty, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.step import Standing
from pages.parts.view import View

KEY = "demand"
PARTS: dict[str, Message] = {
    "large_qty": message("Large contracts"),
    "small_qty": message("Small contracts"),
    "deal_qty": message("Deals about to be signed"),
    "rest_qty": message("Forecast of the rest"),
}
NAMES = {"plan": message("Budget"), "forecast": message("Demand plan"), "scenario": message("Statistics")}
CHANGES = (
    Column("month", message("Month"), "month"),
    Column("layer", message("Layer"), "text"),
    Column("before_qty", message("Before"), "qty"),
    Column("after_qty", message("After"), "qty"),
    Column("effect_qty", message("Effect, pieces"), "qty"),
    Column("effect_value", message("Effect, money"), "money"),
    Column("author", message("Who"), "text"),
    Column("change_why", message("Reason"), "message"),
    Column("words", message("Explanation"), "text"),
)
TOLD = (
    Column("what", message("What"), "text"),
    Column("qty", message("Quantity"), "qty"),
    Column("said", message("Why it was not taken as it came"), "message"),
)


def chosen(review: Answer) -> str:
    """The family that the address names, else the first of the list; empty where there is none."""
    known = review.frame["family"].to_list()
    return next((code for code in address.all_of(review.facts["key"]) if code in known), known[0] if known else "")


def families(view: View, review: Answer) -> None:
    """Families by exception; a click chooses the one that is shown below."""
    tables.headed(view, review, message("Families, those that need a word first"), "demand-families")
    text.small(view.say(message("Click a family to see and change it below.")))
    columns = [column for column in review.columns if column.name != "reasons_n"]
    picked = tables.rows(view, review.frame, columns, alt=view.say(review.headline), key="demand-families", pick=True, bars=("stake_value",), tallest=352)
    heard = "gr-demand-picked"
    code = str(picked["family"]) if picked is not None else None
    if code is not None and st.session_state.get(heard) != code:
        st.session_state[heard] = code
        address.write(review.facts["key"], [code])
        st.rerun()
    if code is None:
        st.session_state.pop(heard, None)


def choice(view: View, review: Answer, family: str) -> None:
    """Which family is shown, by name; the address holds it."""
    names = dict(review.frame.select("family", "family_name").iter_rows())
    key = "gr-demand-family"
    st.session_state[key] = family
    st.selectbox(
        view.say(message("Family")), list(names), key=key, format_func=lambda code: names.get(code) or code, on_change=address.heard,
        args=(review.facts["key"], key), width=420,
    )  # fmt: skip


def pictures(view: View, plan: Answer, review: Answer, family: str) -> None:
    """The family's months in the house notation, and what its demand is made of."""
    left, right = st.columns(2, gap="large")
    months = review.extra["months"].filter(pl.col("family") == family)
    drawn = months.select(
        "month", pl.col("actual_qty").alias("actual"), pl.col("last_year_qty").alias("last_year"), pl.col("budget_qty").alias("plan"),
        pl.col("demand_qty").alias("forecast"), pl.col("low_80").alias("low"), pl.col("high_80").alias("high"),
    )  # fmt: skip
    with left:
        title = message("Behind and ahead, in pieces")
        figure = figures.trend(drawn, look(view), unit="qty", label=title, names=NAMES, height=320)
        band = view.say(message("pale band: 80 % interval of the statistics")) if months["low_80"].is_not_null().any() else ""
        chart(view, title, figure, band, key="demand-months")
    with right:
        title = message("What the demand is made of, before it was changed by hand")
        rows = plan.frame.filter(pl.col("family") == family)
        parts = rows.unpivot(list(PARTS), index="month", variable_name="part", value_name="value").with_columns(pl.lit(0.0).alias("estimated"))
        parts = parts.filter(pl.col("value").sum().over("part") > 0)
        chart(view, title, figures.stacked(parts, look(view), names=PARTS, unit="qty", label=title), _weighting(view), key="demand-parts")


def _weighting(view: View) -> str:
    weighted = demand_grid.weighting(view.home) == "probability"
    return view.say(message("deals count by their probability") if weighted else message("deals count in full, whatever their probability"))


def told(view: View, plan: Answer) -> None:
    """Contracts, deals and forecasts that were not taken as they came, with the reason."""
    found = plan.extra["told"]
    if found.is_empty():
        return
    title = view.say(message("Not taken as it came"))
    with st.expander(f"{text.label(title)} ({view.text(found.height, 'count')})"):
        tables.rows(view, found, TOLD, alt=title, key="demand-told", nothing=NOT_APPLICABLE)


def trail(view: View, plan: Answer, family: str, standing: Standing) -> None:
    """Who changed what and why, with its effect; until the step is signed each change can be taken back."""
    title = view.say(message("Changes by hand"))
    text.heading(title)
    found = plan.extra["overrides"].filter(pl.col("family") == family)
    if found.is_empty():
        empty.sentence(view, message("Nobody changed this family's demand."))
        return
    frame = _worded(view, found)
    picked = tables.rows(view, frame, CHANGES, alt=title, key="demand-trail", pick=standing.may_be_edited)
    if not standing.may_be_edited:
        return
    if picked is None:
        text.small(view.say(message("Click a change to take it back.")))
        return
    subject = str(picked["override_id"])
    about = view.text(picked["month"], "month")
    if st.button(
        view.say(message("Undo the change of {month}", month=about)), icon=":material/undo:", key="demand-undo", disabled=not view.scope.may("decide")
    ):
        acting.act(KEY, lambda: demand_grid.undo(view.home, view.scope, standing.month, subject), message("Taken back: what stood before stands again."))


def _worded(view: View, found: pl.DataFrame) -> pl.DataFrame:
    words = demand_grid.words_of(view.home, found["override_id"].to_list())
    layers = [view.say(demand_grid.LAYER_WORDS.get(layer, Message(layer))) for layer in found["layer"]]
    return found.with_columns(
        pl.Series("layer", layers, dtype=pl.String), pl.Series("change_why", _reasons(found["reason"].to_list()), dtype=pl.String),
        pl.Series("words", [words.get(subject, "") for subject in found["override_id"]], dtype=pl.String),
    )  # fmt: skip


def _reasons(codes: Sequence[str | None]) -> list[str | None]:
    return [demand_grid.REASONS[code].to_json() if code in demand_grid.REASONS else None for code in codes]


def compared(review: Answer, family: str) -> tuple[dict[date, float | None], dict[date, float | None]]:
    """(sold a year before, budget) of the months ahead, in pieces."""
    months = review.extra["months"].filter(pl.col("family") == family, pl.col("is_ahead"))
    return dict(months.select("month", "last_year_qty").iter_rows()), dict(months.select("month", "budget_qty").iter_rows())


def named_families(review: Answer) -> dict[str, str]:
    """Code -> name of every family."""
    return {code: name or code for code, name in review.frame.select("family", "family_name").sort("family_name").iter_rows()}
