"""Ageing: how old our stock is since the company first received it, and what must be set aside for it."""

import polars as pl

from engine import figures
from engine.messages import message
from pages.parts import empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table
from pages.parts.to_item import to_item

PARTS = {"rest_value": message("Not reserved"), "reserve_value": message("Reserve")}

view = guard()
with waiting():
    answer = view.ask("ageing")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
buckets = answer.extra["buckets"]
labels = pl.Series("label", [view.text(bucket, "message") for bucket in buckets["bucket"]], dtype=pl.String)
title = message("Stock by age")
chart(
    view, title, figures.parts(buckets.with_columns(labels), look(view), names=PARTS, unit="money", label=title, warn="reserve_value"), key="buckets",
    subtitle=view.say(message("at cost; days since the company first received it; the part that should be set aside")),
)  # fmt: skip
to_item(table(view, answer, message("Items, the largest reserve first"), key="ageing", bars=("reserve_value",), pick=True, nothing="–"))
notes(view, answer)
