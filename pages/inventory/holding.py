"""Cost of holding: the money tied up by sphere and line, what it costs in a year; and what lies at dealers."""

from dataclasses import replace

import polars as pl

from engine import figures
from engine.answers.holding import DEALER_COLUMNS, NAMES
from engine.messages import message
from pages.parts import empty, text
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import rows, table

view = guard()
with waiting():
    answer = view.ask("holding_cost")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
materials = view.say(message("Materials"))
spheres = answer.extra["spheres"].with_columns(pl.col("sphere").fill_null(materials).alias("label"))
names = {f"{name}_cost": said for name, said in NAMES.items()}
title = message("What holding the stock costs in a year")
chart(
    view, title, figures.parts(spheres, look(view), names=names, unit="money", label=title), key="holding", subtitle=view.say(message("by sphere")),
)  # fmt: skip
shown = replace(answer, frame=answer.frame.with_columns(pl.col("name").fill_null(pl.when(pl.col("sphere").is_null()).then(pl.lit(materials)))))
table(view, shown, message("Lines, the most money first"), key="holding-lines", bars=("holding_cost",), nothing="–")
text.heading(view.say(message("Stock at dealers")), view.say(answer.facts["of_dealers"]))
rows(view, answer.extra["dealers"], DEALER_COLUMNS, alt=view.say(message("Stock at dealers")), key="holding-dealers", bars=("value",))
notes(view, answer)
