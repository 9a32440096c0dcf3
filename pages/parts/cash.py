"""The pieces of the page on cash."""

import polars as pl

from engine import figures
from engine.answers.answer import Answer
from engine.answers.cash_bridge import PAYMENT_COLUMNS
from engine.messages import message
from pages.parts import empty, tables, text
from pages.parts.charts import chart, look
from pages.parts.view import View


def head(view: View, answer: Answer) -> None:
    """The page's sentence, and small below it the months that it speaks of."""
    span = [view.say(message("{first_month} – {last_month}", first_month=answer.first, last_month=answer.last))] if answer.first and answer.last else []
    text.headline(view.say(answer.headline), *span, view.filters)


def bars(view: View, answer: Answer) -> pl.DataFrame:
    """The bars of the bridge with the words of the reader."""
    found = answer.extra["bars"]
    return found.with_columns(pl.Series("label", [view.text(label, "message") for label in found["label"]], dtype=pl.String))


def steps(view: View, answer: Answer) -> None:
    """Every step with last year beside it; the code is for the export."""
    tables.headed(view, answer, message("Step by step"), "steps")
    tables.rows(view, answer.frame, [column for column in answer.columns if column.name != "step"], alt=view.say(answer.headline), key="steps")


def ahead(view: View, answer: Answer) -> None:
    """Cash at the month ends behind and ahead, and the planned payments."""
    drawn = figures.trend(answer.extra["ahead"], look(view), unit="money", label=message("Cash"))
    said = view.say(message("forecast: income as last year; scenario: only what is invoiced comes in; both less planned payments"))
    chart(view, message("Cash at the end of each month"), drawn, key="cash-ahead", subtitle=said)
    text.heading(view.say(message("Planned payments")))
    if answer.extra["payments"].is_empty():
        empty.sentence(view, message("No payments are planned ahead."))
        return
    tables.rows(view, answer.extra["payments"], PAYMENT_COLUMNS, alt=view.say(message("Planned payments")), key="payments", bars=("amount",))
