"""The pieces of the page on channel stock."""

import polars as pl

from engine import figures
from engine.answers.answer import Answer
from engine.answers.channel import DEALER_COLUMNS
from engine.messages import message
from pages.parts import supply, tables, text
from pages.parts.charts import chart, look
from pages.parts.view import View


def picture(view: View, answer: Answer) -> None:
    """What lies where, month by month; what is estimated is hatched."""
    months = answer.extra["months"].select(
        "month", pl.col("place").alias("part"), pl.col("stock_value").alias("value"), pl.col("estimated_value").alias("estimated")
    )
    title = message("Stock of the whole channel at the end of each month")
    drawn = figures.stacked(months, look(view), names=answer.facts["places"], unit="money", label=title)
    chart(view, title, drawn, key="channel", height=320, subtitle=view.say(message("at cost; hatched: not reported, carried forward")))


def dealers(view: View, answer: Answer) -> None:
    """Each dealer's stock, what it buys and sells on, and whether it is stuffed."""
    load = message("channel load = bought ÷ sold on over three months; above the limit months running is stuffing")
    text.heading(view.say(message("Dealers, the stuffed first")), view.say(load))
    tables.rows(view, answer.extra["dealers"], DEALER_COLUMNS, alt=view.say(answer.headline), key="channel-dealers", bars=("stock_value",))
    supply.silent(view, answer)
