"""Price map: what each line costs, which lines overlap and may stand in for each other, where a group has no price."""

from engine.messages import message
from pages.parts import assortment, empty, markets
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting
from pages.parts.tables import table

view = guard()
with waiting():
    answer = view.ask("price_map")
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
markets.ranges(view, answer, assortment.sphere(view, answer.frame["sphere"].to_list()))
table(view, answer, message("Lines, the cheapest of each group first"), key="price-lines")
assortment.part(view, message("Lines whose prices overlap"), answer.extra["pairs"], answer.facts["pairs"], "pairs")
assortment.part(view, message("Gaps in the prices of a group"), answer.extra["gaps"], answer.facts["gaps"], "gaps")
notes(view, answer)
