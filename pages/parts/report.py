"""Pieces of the page on the report: the last month in one picture, the board of forecast errors with the sign of each figure, and what changed."""

import polars as pl
import streamlit as st

from engine import figures
from engine.answers.answer import Answer
from engine.answers.sop.month_report import CHANGES
from engine.language import NOT_APPLICABLE, formatted
from engine.messages import message, plural
from pages.parts import empty, rooms, tables, text
from pages.parts.charts import chart, look
from pages.parts.frame import address
from pages.parts.step import Standing
from pages.parts.view import View

BUDGET = {"plan": message("Budget"), "forecast": message("Demand plan")}
BOARD: tuple[tuple[str, str, str], ...] = (
    ("wmape", "share", "wmape"),
    ("mad", "qty", "mad"),
    ("mase", "ratio", "mase"),
    ("bias_share", "share", "bias_share"),
    ("bias_share_under", "share", "bias_share_under"),
    ("tracking_over", "ratio", "tracking_over"),
    ("tracking_under", "ratio", "tracking_under"),
    ("bias_streak", "count", "bias_streak"),
)
"""Measure, unit, and the name by which its sign convention is known."""


def months(view: View, report: Answer) -> None:
    """Net sales month by month: actual, last year and budget; ahead what is planned."""
    title = message("Net sales by month: a year behind, the plan ahead")
    drawn = figures.columns(report.extra["months"], look(view), unit="money", label=title, names=BUDGET)
    chart(view, title, drawn, view.say(message("dark: actual · light: last year · outline: budget · hatched: demand plan")), key="report-months")


def families(view: View, report: Answer, key: str) -> None:
    """Families away from plan or budget first; a click leads to the family's demand."""
    tables.headed(view, report, message("Families, those away from plan or budget first"), "report-families")
    text.small(view.say(message("Click a family to see and change its demand.")))
    picked = tables.rows(view, report.frame, report.columns, alt=view.say(report.headline), key="report-families", pick=True, bars=("stake_value",))
    if picked is not None:
        st.switch_page(rooms.page_named("demand").file, query_params=address.link({key: [str(picked["family"])]}))


def card(view: View) -> None:
    """The report card of the month: every measure beside what was aimed at, those below plan first; what is unknown says why."""
    found = view.ask("report_card")
    title = message("Report card of {month}", month=found.facts["month"])
    text.heading(view.say(title), view.say(found.headline))
    lines = []
    for line in found.frame.iter_rows(named=True):
        unit = "days" if line["target_days"] is not None else "share"
        value, aim = (line["reached_days"], line["target_days"]) if unit == "days" else (line["reached_share"], line["target_share"])
        value = line["budget_share"] if value is None and unit == "share" else value
        verdict = message("below plan") if line["is_below"] else message("on plan") if line["is_below"] is not None else message("unknown")
        why = line["reached_why"] or line["measured_on"]
        shown = [reached(view, each, unit) for each in (value, aim)]
        lines.append([view.text(line["card_measure"], "message"), *shown, view.say(verdict), view.text(why, "message")])
    head = [message("Measure"), message("Reached"), message("Plan"), message("In a word"), message("Of what")]
    text.facts(lines, words=(3, 4), head=[view.say(said) for said in head])


def reached(view: View, value: float | None, unit: str) -> str:
    """A figure of the report card; days bear their word, as the measures of one column have two units."""
    shown = view.text(value, unit)
    return view.say(message("{shown} days", shown=shown)) if unit == "days" and value is not None else shown


def board(view: View, accuracy: Answer) -> None:
    """Forecast errors of all families together, by who forecast; beside every figure the convention in which its sign is read."""
    title = message("How far off the forecasts were")
    total = accuracy.extra["total"]
    text.heading(view.say(title), view.say(accuracy.headline))
    if total.is_empty():
        empty.sentence(view, message("No forecast of the past can be compared with what came."))
        return
    words, signs, labels = accuracy.facts["steps"], accuracy.facts["signs"], accuracy.facts["labels"]
    makers = total["step"].to_list()
    head = [view.say(message("Measure")), *(view.say(words[maker]) for maker in makers), view.say(message("How its sign is read"))]
    lines = []
    for name, unit, sign in BOARD:
        if name in total.columns and total[name].is_not_null().any():
            lines.append([view.say(labels[name]), *(_shown(view, value, unit) for value in total[name]), view.say(signs[sign])])
    text.facts(lines, words=(len(makers) + 1,), head=head)
    _limits(view, accuracy)


def _shown(view: View, value: float | None, unit: str) -> str:
    """Errors in pieces as whole ones."""
    return view.text(value, unit) if value is None or unit != "qty" else formatted(value, unit, view.language, decimals=0)


def _limits(view: View, accuracy: Answer) -> None:
    """The limits of the tracking signal, and how many families of the last maker in the chain are beyond them."""
    limits, makers = accuracy.facts["limits"], [step for step in accuracy.facts["steps"] if (accuracy.extra["chain"]["step"] == step).any()]
    if not makers:
        return
    alarms = accuracy.frame.filter(pl.col("step") == makers[-1], pl.col("is_alarm").fill_null(False)).height
    limit = message(
        "A tracking signal beyond ±{over_qty} (forecast − actual) or ±{under_qty} (actual − forecast) is an alarm.",
        over_qty=limits["tracking_over"], under_qty=limits["tracking_under"],
    )  # fmt: skip
    found = plural("{maker}: {n} family is beyond it.", "{maker}: {n} families are beyond it.", n=alarms, maker=accuracy.facts["steps"][makers[-1]])
    text.small(f"{view.say(limit)} {view.say(found)}")


def chain(view: View, accuracy: Answer) -> None:
    """What each step of the forecast adds to the one before it, on the same months."""
    found = accuracy.extra["chain"]
    if found.is_empty():
        return
    words = accuracy.facts["steps"]
    below = message("forecast value added: error of the step before − error of this one; below zero it makes things worse")
    text.heading(view.say(message("What each step adds")), view.say(below))
    lines = []
    for row in found.iter_rows(named=True):
        added = row["added_points"]
        verdict = message("first of the chain") if added is None else message("better") if added > 0 else message("worse") if added < 0 else message("the same")
        lines.append([view.say(words[row["step"]]), view.text(row["error_share"], "share"), _points(view, added), view.say(verdict)])
    head = [message("Forecast by"), message("Error, weighted by volume"), message("Value added"), message("In a word")]
    text.facts(lines, words=(3,), head=[view.say(said) for said in head])
    compared = int(found["n"].max() or 0)  # type: ignore[arg-type]
    text.small(view.say(message("Compared on the {n_months} months of families that every step forecast.", n_months=compared)))


def _points(view: View, value: float | None) -> str:
    """Percentage points; the language counts them as a difference of shares."""
    return NOT_APPLICABLE if value is None else view.text(value / 100, "points")


def accuracy_by_family(view: View, accuracy: Answer) -> None:
    """The same family by family, the largest first."""
    words = accuracy.facts["steps"]
    said = {step: view.say(label) for step, label in words.items()}
    frame = accuracy.frame.with_columns(pl.col("step").replace_strict(said, default=pl.col("step"), return_dtype=pl.String))
    with st.expander(view.say(message("Forecast errors family by family"))):
        tables.export(view, accuracy, "accuracy-families")
        tables.rows(view, frame, accuracy.columns, alt=view.say(accuracy.headline), key="accuracy-families")


def changed(view: View, report: Answer) -> None:
    """Forecasts and production plans that moved since the last cycle."""
    title = message("What changed since the last cycle")
    text.heading(view.say(title), view.say(message("forecasts and production plans, over the months that both cycles know")))
    found = report.extra["changes"]
    if found.is_empty():
        empty.sentence(view, message("No forecast and no production plan moved by more than the setting."))
        return
    tables.rows(view, found, CHANGES, alt=view.say(title), key="report-changes")


def ahead(view: View, standing: Standing) -> None:
    """Who does what next, by when."""
    if standing.is_open:
        title = view.say(message("Who does what, by when"))
        text.heading(title)
        tables.rows(view, standing.answer.frame, standing.answer.columns, alt=title, key="report-steps")
