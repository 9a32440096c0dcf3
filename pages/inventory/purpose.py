"""By purpose: what lies there as a safety margin, for the working cycle, for a known event, and what is left over."""

import polars as pl

from engine import figures
from engine.answers.purposes import NAMES
from engine.messages import message
from pages.parts import empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table
from pages.parts.to_item import to_item

view = guard()
with waiting():
    answer = view.ask("stock_by_purpose")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
spheres = answer.extra["spheres"].with_columns(pl.col("sphere").fill_null(view.say(message("Materials"))).alias("label"))
names = {f"{name}_value": said for name, said in NAMES.items()}
title = message("What the stock is for")
chart(
    view, title, figures.parts(spheres, look(view), names=names, unit="money", label=title, warn="excess_value"), key="purposes",
    subtitle=view.say(message("by sphere, at cost")),
)  # fmt: skip
to_item(table(view, answer, message("Items, the largest excess first"), key="purpose", bars=("excess_value",), pick=True, nothing="–"))
notes(view, answer)
