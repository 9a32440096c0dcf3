"""Market: segments, players and shares, who buys and why, the five forces, and what we live on ourselves."""

from engine.messages import message
from pages.parts import assortment, empty, markets
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("market")
opening(view, answer)
markets.told(view)
empty.missing(view, answer.missing)
measures(view, answer)
markets.players(view, answer)
table(view, answer, message("Segments, the largest first"), key="segments", bars=("capacity_value",))
assortment.part(view, message("Players of each segment and year"), answer.extra["players"], answer.facts["players"], "players-rows")
markets.portraits(view, answer)
markets.forces(view, answer)
markets.portfolio(view, answer)
notes(view, answer)
