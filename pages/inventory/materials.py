"""Materials: what can be built from what is at hand, which single purchase sets most free, what was bought beyond the plan."""

from engine import figures
from engine.messages import message
from pages.parts import empty, materials
from pages.parts.charts import chart, look
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer, bought = view.ask("materials"), view.ask("purchases")
opening(view, answer)
empty.missing(view, tuple(dict.fromkeys((*answer.missing, *bought.missing))))
measures(view, answer)
chart(
    view, message("What a single purchase would set free"),
    figures.risk_bars(materials.waiting(answer), look(view), label=message("Materials waiting for one mate"), most=8), key="mates",
    subtitle=view.say(message("materials at cost that wait for one mate, by product; a material that several products use is in each of them")),
)  # fmt: skip
materials.products(view, answer)
materials.lacking(view, answer)
materials.bought(view, bought)
notes(view, answer)
