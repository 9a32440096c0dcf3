"""Scenarios side by side: figures down, options across, the difference to the plan of record beside each."""

from collections.abc import Sequence

import streamlit as st

from engine.answers.answer import Answer
from engine.language import variance
from engine.messages import message
from pages.parts import text
from pages.parts.view import View

UNCHANGED = "–"
BETTER = {
    "service_share": "up", "demand_qty_share": "up", "revenue": "up", "margin": "up", "contribution": "up", "least_cash": "up", "cash": "up",
    **dict.fromkeys(("plan_cost", "peak_load_share", "overtime_hours", "outside_hours", "over_hours", "late_value"), "down"),
}  # fmt: skip


def options(view: View, answer: Answer, chosen: Sequence[str] = ()) -> None:
    """The options of `scenarios`, all or some of them (scenario_id); the plan of record always stands first."""
    shown, frame = list(answer.facts["shown"]), answer.extra["options"]
    if not shown:
        return
    places = [place for place, name in enumerate(shown) if not chosen or name in chosen or place == 0]
    names = [view.say(answer.facts["names"][shown[place]]) for place in places]
    rows = []
    for line in frame.iter_rows(named=True):
        label, unit = answer.facts["figures"][line["figure"]]
        cells = [_cell(view, line, place, unit) for place in places]
        rows.append([view.say(label), *cells])
    with st.container(key=f"gr-wide-{answer.name}-{len(places)}"):
        text.facts(rows, head=[view.say(message("Measure")), *names])


def _cell(view: View, line: dict[str, float | None], place: int, unit: str) -> str:
    """The value, and how it differs: sign, arrow and word, as variances are told everywhere."""
    value = view.text(line[f"o{place}"], unit, compact=True)
    if place == 0 or line[f"o{place}"] is None:
        return value
    figure = str(line["figure"])
    found = variance(line[f"o{place}"], line["o0"], unit, BETTER.get(figure, "band"), view.language, view.currency)
    return value if found.arrow == UNCHANGED else f"{value}  {found.arrow} {found.text}"
