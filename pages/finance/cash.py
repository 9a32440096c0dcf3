"""Cash: the way from profit to cash, and cash ahead against what must be paid."""

from engine import figures
from engine.messages import message
from pages.parts import cash, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, waiting

view = guard()
with waiting():
    answer = view.ask("cash_bridge")
cash.head(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
bars = cash.bars(view, answer)
chart(
    view, message("From profit to cash"), figures.waterfall(bars, look(view), label=message("From profit to cash")), key="bridge", height=320,
    subtitle=view.say(message("what adds to cash and what takes from it; the bars sum to the change of cash")),
)  # fmt: skip
cash.steps(view, answer)
cash.ahead(view, answer)
notes(view, answer)
