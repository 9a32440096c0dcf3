"""Channel stock: what lies in our plants and branches, at dealers and at customers; who is stuffed, who has not reported."""

from engine.messages import message
from pages.parts import channel, empty
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("channel_stock")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
channel.picture(view, answer)
table(view, answer, message("Lines, the most money first"), key="lines", bars=("stock_value",), nothing="–")
channel.dealers(view, answer)
notes(view, answer)
