"""Lost sales: what was not sold because it was not there, and in whose hands it was."""

from engine import figures
from engine.messages import message
from pages.parts import empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("lost_sales")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
title = message("Lost margin by product, the largest first")
chart(view, title, figures.risk_bars(answer.extra["by_item"], look(view), label=title), key="lost")
table(view, answer, message("Where it was lost, and why"), key="lost-rows", bars=("lost_margin",))
notes(view, answer)
