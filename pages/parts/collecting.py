"""Pieces of the page on requests: the chart of the season, who has not asked, and the way of the requests into the demand plan."""

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer
from engine.answers.assortment import acts
from engine.answers.assortment.requests import SILENT
from engine.messages import message
from pages.parts import acting, text
from pages.parts.assortment import part
from pages.parts.charts import chart, look
from pages.parts.view import View

KEY = "collecting"


def told(view: View) -> None:
    """What the last act did, or why it did not."""
    acting.told(view, KEY)


def season(view: View, answer: Answer) -> None:
    """The season of each line, month by month: what regional managers collect requests by."""
    rows = answer.extra["season"]
    names = dict(answer.frame.select("line_id", "line_name").unique().iter_rows())
    shown = rows.with_columns(
        pl.Series("line", [f"{names.get(line) or line} · {group}" for line, group in rows.select("line_id", "product_group").iter_rows()], dtype=pl.String),
        pl.Series("head", [view.text(month, "month") for month in rows["month"]], dtype=pl.String),
    )
    chart(
        view, message("The season by line: a month ÷ the mean month"),
        figures.matrix(shown, look(view), rows="line", across="head", value="seasonal_index", unit="ratio", label=message("Season")),
        key="season",
    )  # fmt: skip


def silent(view: View, answer: Answer) -> None:
    """Dealers who bought a year before and have not asked."""
    part(view, message("Dealers who have not asked"), answer.extra["silent"], SILENT, "silent", bars=("last_year_value",))


def feeding(view: View, answer: Answer) -> None:
    """Take the requests of a month into the demand plan of the meeting."""
    if not view.scope.sees_all or answer.frame.is_empty():
        return
    asked = answer.frame.filter(pl.col("request_qty") > 0)
    names = dict(asked.select("line_id", "line_name").iter_rows())
    with st.form("feed", border=False):
        text.heading(
            view.say(message("Into the demand plan")), view.say(message("the demand of these lines is set to what was asked for, in the layer of sales"))
        )
        month_side, line_side = st.columns([1, 3])
        month = month_side.selectbox(view.say(message("Month")), answer.facts["months"], format_func=lambda day: view.text(day, "month"), key="feed-month")
        lines = line_side.multiselect(
            view.say(message("Lines")), list(names), key="feed-lines", format_func=lambda line: f"{names[line]} ({line})",
            placeholder=view.say(message("Choose lines")),
        )  # fmt: skip
        why = st.text_input(view.say(message("Why")), key="feed-why")
        sent = st.form_submit_button(view.say(message("Take them into the demand plan")), disabled=not view.scope.may("decide"))
    if sent and month is not None:
        acting.act(KEY, lambda: acts.feed(view.home, list(lines), month, why, view.scope), message("The demand plan was changed."))
