"""The assortment at a glance: what to push, hold, mend and let go, in money; which products changed their class, and why."""

from engine import figures
from engine.messages import message
from pages.parts import assortment, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("assortment")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
title = message("What to do with the turnover of each sphere")
drawn = figures.parts(assortment.by_verdict(answer.frame), look(view), names=assortment.VERDICTS, unit="money", label=title, warn="let_go")
chart(view, title, drawn, key="verdicts", height=240)
table(view, answer, message("Lines, the most turnover first"), key="lines", bars=("turnover",))
changes, columns = answer.extra["changes"], answer.facts["changes"]
assortment.part(view, message("Which products changed their class, and why"), changes, columns, "changes", bars=("turnover",))
notes(view, answer)
