"""The end of the meeting: what all decisions make of the plan, its approval, the decisions read back, the score; and the papers."""

from typing import Any

import streamlit as st

from engine.answers import people
from engine.answers.meeting import executive
from engine.figures import ghost
from engine.messages import message
from pages.parts import acting, large, text
from pages.parts.charts import chart, look
from pages.parts.executive import papers
from pages.parts.executive.items import coded, drawn, headline
from pages.parts.executive.stage import KEY, Stage
from pages.parts.large import Cell
from pages.parts.view import View

POINTS = (1, 2, 3, 4, 5)


def approval(view: View, room: Stage) -> None:
    """Profit, cash and service with everything that was decided; one click approves and freezes the plan."""
    effect, moved, plans = view.ask("plan_effect"), view.ask("plan_waterfall"), view.ask("seven_plans")
    headline(view, effect.headline, view.say(moved.headline), view.say(plans.headline))
    record, found = effect.extra["figures"].to_dicts()
    head = [message("Measure"), message("Plan of record"), message("With the decisions")]
    rows = [
        [
            large.words(view.say(label), strong=True), Cell(view.text(record[name], unit, compact=True)),
            large.figure(view, found[name], unit, record[name] if effect.facts["decided"] else None, "up" if better == "more" else "down"),
        ]
        for name, (label, unit, better) in executive.MEASURES.items()
    ]  # fmt: skip
    _approve(view, room)
    large.table([view.say(name) for name in head], rows, view.say(effect.headline))
    title = message("Stock by month")
    months = view.ask("what_if").extra["months"].select("month", "stock_value_record").rename({"stock_value_record": "record"})
    both = months.join(effect.frame.select("month", "stock_value").rename({"stock_value": "found"}), on="month", how="left", maintain_order="left")
    chart(
        view,
        title,
        drawn(room, ghost(both, look(view), unit="money", label=title, height=room.chart_height, found=message("With the decisions"))),
        key="approval-stock",
    )


def _approve(view: View, room: Stage) -> None:
    version = executive.approved(view.home, room.month)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        word = message("Approve and freeze the plan") if version is None else message("Approve anew")
        if st.button(
            view.say(word), key="approve", type="primary" if version is None else "secondary", shortcut="A", icon=":material/task_alt:",
            disabled=not room.may(view, "approve"),
        ):  # fmt: skip
            seen = 0 if version is None else version.record_id
            acting.act(KEY, lambda: executive.approve(view.home, room.month, seen, view.scope), message("The plan of {month} is approved.", month=room.month))
        if version is not None:
            said = message("Plan {name}, approved by {who}, fingerprint {code}", name=version.name, who=version.who, code=version.hash[:12])
            text.small(view.say(said))


def read_back(view: View, room: Stage) -> None:
    """Every decision with who does it and by when, aloud; then what the meeting was worth; then its papers."""
    found, kept = view.ask("decision_cards"), executive.minutes(view.home, room.month)
    headline(view, found.headline)
    cards: list[dict[str, Any]] = found.facts["cards"]
    if cards:
        head = [message("Decision"), message("Choice"), message("Who does it"), message("Until"), message("Looked at in")]
        large.table([view.say(name) for name in head], [_read(view, card) for card in cards])
    _park(view, room, kept)
    _score(view, room, kept)
    papers.buttons(view)


def _read(view: View, card: dict[str, Any]) -> list[Cell]:
    choice = card["choice"]
    said = coded(view, "decision_state", card["state"])
    if choice is None:
        return [large.words(card["question"], strong=True), large.words(said, card["reason"]), large.words(""), large.words(""), large.words("")]
    title = next(each["title"] for each in card["options"] if each["name"] == choice["option"])
    return [
        large.words(card["question"], strong=True), large.words(f"{choice['option']}: {title}", said), large.words(choice["owner"]),
        large.words(view.text(choice["due_on"], "date")),
        large.words(view.text(choice["review_month"], "month") if choice["review_month"] is not None else ""),
    ]  # fmt: skip


def _park(view: View, room: Stage, kept: Any) -> None:
    """What belongs to another meeting."""
    text.heading(view.say(message("Parking lot")))
    text.lines([str(line) for line in kept.get("parked") or ()])
    with st.form("park", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        said = st.text_input(view.say(message("What belongs to another meeting")), key="park-text", width=480)
        sent = st.form_submit_button(view.say(message("Park")), disabled=not room.may(view, "decide"))
    if sent:
        acting.act(KEY, lambda: executive.park(view.home, room.month, said, view.scope), message("Kept."))


def _score(view: View, room: Stage, kept: Any) -> None:
    text.heading(view.say(message("What was the meeting worth?")))
    seen = acting.seen("score", room.month, executive.minutes_seen(view.home, room.month))
    present = list(dict.fromkeys([*room.standing.answer.extra["participants"]["name"], *people.people(view.home).values(), *(kept.get("attended") or ())]))
    with st.form("score", border=False):
        points = st.radio(
            view.say(message("Score")), POINTS, index=None if kept.get("score") is None else POINTS.index(int(kept["score"])), horizontal=True,
            key="score-points", format_func=lambda number: view.text(number, "count"),
        )  # fmt: skip
        better = st.text_input(view.say(message("One thing to do better")), str(kept.get("improvement") or ""), key="score-better")
        there = st.multiselect(
            view.say(message("Who was there")), present, default=list(kept.get("attended") or room.standing.answer.extra["participants"]["name"]),
            key="score-there", accept_new_options=True, placeholder=view.say(message("Choose or type a name")),
        )  # fmt: skip
        sent = st.form_submit_button(view.say(message("Keep")), type="primary", disabled=not room.may(view, "decide"))
    if sent and points is not None:
        acting.looked("score", room.month)
        acting.act(KEY, lambda: executive.score(view.home, room.month, int(points), better, there, view.scope, seen), message("The meeting is scored."))
