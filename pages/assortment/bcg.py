"""BCG: growth against share of profit, from groups to lines to products, with lines that can be moved, losers and what is new in sight."""

from pages.parts import assortment, empty, growth_share
from pages.parts.frame import guard
from pages.parts.measures import measures
from pages.parts.opening import notes, opening, waiting

view = guard()
with waiting():
    answer = view.ask("bcg", growth_share.level(), growth_share.moved("growth"), growth_share.moved("share"))
opening(view, answer)
empty.missing(view, answer.missing)
measures(view, answer)
growth_share.levels(view)
sphere = assortment.sphere(view, answer.frame["sphere"].to_list())
if sphere is not None:
    growth_share.sliders(view, answer, sphere)
    growth_share.picture(view, answer, sphere)
growth_share.table(view, answer, sphere)
notes(view, answer)
