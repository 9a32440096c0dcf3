"""Dead stock: what will not become money by itself, why, who asked for it, and where the year's profit went."""

from engine import figures
from engine.messages import message
from pages.parts import dead_stock, empty
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("dead_stock", dead_stock.window(view))
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
dead_stock.windows(view, answer)
chart(
    view, dead_stock.question(answer), figures.waterfall(dead_stock.profit(view, answer), look(view), label=message("Dead stock")), key="profit",
    subtitle=dead_stock.of_which_profit(view, answer),
)  # fmt: skip
dead_stock.table(view, answer)
notes(view, answer)
